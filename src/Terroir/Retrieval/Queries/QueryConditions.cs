using Terroir.Storage;

namespace Terroir.Retrieval.Queries;

/// <summary>What a query asks beyond words that rank: phrases, words in titles, and excluded words.</summary>
/// <remarks>It takes documents away after they were scored, so that the statistics are those of the same words without
/// signs. It looks at selected documents only.</remarks>
internal sealed class QueryConditions(
    IReadOnlyList<ReadableSegment> segments,
    ParsedQuery query,
    PassageReading reading)
{
    /// <summary>In how many documents at most a phrase is looked for: the best that hold its words.</summary>
    internal const int PhraseDocumentCountMax = 512;

    // More documents with the phrase than this for each hit are not looked for: few are copies of one another.
    private const int MatchFactor = 4;
    private const int MatchSpareCount = 32;

    // For each document that has the phrases, the passages that hold one; none if only its title does.
    private Dictionary<(int Segment, int Document), HashSet<int>>? _matches;

    /// <summary>Takes the scores of documents away that do not meet the conditions.</summary>
    /// <param name="scoring">The scores.</param>
    /// <param name="count">How many hits are wanted.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask ApplyAsync(Scoring scoring, int count, CancellationToken cancellationToken)
    {
        if (query.Titles.Count > 0 || query.Excluded.Count > 0)
        {
            ApplyWords(scoring, cancellationToken);
        }

        if (query.Phrases.Count > 0)
        {
            await ApplyPhrasesAsync(scoring, count, cancellationToken);
        }
    }

    /// <summary>Leaves of the passages of a document only those with a phrase, if any has one.</summary>
    /// <param name="ranked">The document.</param>
    /// <param name="scores">The scores of its passages; changed.</param>
    public void KeepMatches(RankedDocument ranked, double[] scores)
    {
        if (_matches?.GetValueOrDefault((ranked.Segment, ranked.Document)) is { Count: > 0 } ordinals)
        {
            for (var ordinal = 0; ordinal < scores.Length; ordinal++)
            {
                scores[ordinal] = ordinals.Contains(ordinal) ? scores[ordinal] : 0;
            }
        }
    }

    private void ApplyWords(Scoring scoring, CancellationToken cancellationToken)
    {
        foreach (var (number, segment) in segments.Index())
        {
            var excluded = query.Excluded
                .SelectMany(word => PassageMatching.Find(segment, word, inContext: false, cancellationToken) ?? [])
                .Select(found => found.Document)
                .ToHashSet();
            var titled = query.Titles.Select(title => FindTitled(segment, title, cancellationToken)).ToArray();
            scoring.Keep(number, document =>
                !excluded.Contains(document) && Array.TrueForAll(titled, found => found.Contains(document)));
        }
    }

    private static HashSet<int> FindTitled(
        ReadableSegment segment,
        QueryPhrase title,
        CancellationToken cancellationToken)
    {
        var documents = PassageMatching.Find(segment, title.Text, inContext: true, cancellationToken)
            ?.Select(found => found.Document)
            .Distinct();
        return [.. (documents ?? []).Where(document => IsTitled(segment.Documents[document]!, title))];
    }

    private static bool IsTitled(DocumentVersion document, QueryPhrase title) =>
        FoldedWords.Hold(FoldedWords.Of(document.Title), title.Words);

    private async ValueTask ApplyPhrasesAsync(Scoring scoring, int count, CancellationToken cancellationToken)
    {
        var candidates = new Dictionary<(int Segment, int Document), List<int>[]>();
        foreach (var (number, segment) in segments.Index())
        {
            AddCandidates(number, segment, candidates, cancellationToken);
            scoring.Keep(number, document => IsCandidate((number, document)));
        }

        _matches = [];
        foreach (var ranked in scoring.Best(PhraseDocumentCountMax))
        {
            var key = (ranked.Segment, ranked.Document);
            var document = segments[ranked.Segment].Documents[ranked.Document]!;
            if (await MatchAsync(document, candidates[key], cancellationToken) is { } ordinals)
            {
                _matches[key] = ordinals;
            }

            if (_matches.Count == (count * MatchFactor) + MatchSpareCount)
            {
                break;
            }
        }

        foreach (var number in Enumerable.Range(0, segments.Count))
        {
            scoring.Keep(number, document => _matches.ContainsKey((number, document)));
        }

        bool IsCandidate((int, int) key) =>
            candidates.TryGetValue(key, out var found) && Array.TrueForAll(found, passages => passages.Count > 0);
    }

    // For each phrase the ordinals of the passages that hold its words; a phrase of stop words alone may be anywhere.
    private void AddCandidates(
        int number,
        ReadableSegment segment,
        Dictionary<(int Segment, int Document), List<int>[]> candidates,
        CancellationToken cancellationToken)
    {
        foreach (var (phrase, text) in query.Phrases.Select(phrase => phrase.Text).Index())
        {
            var found = PassageMatching.Find(segment, text, inContext: false, cancellationToken)
                ?? AllPassages(segment);
            foreach (var (document, passage) in found)
            {
                var key = (number, document);
                if (!candidates.TryGetValue(key, out var passages))
                {
                    candidates[key] = passages = [.. query.Phrases.Select(_ => new List<int>())];
                }

                passages[phrase].Add(passage - segment.Reader.Documents.First(document));
            }
        }
    }

    private static IEnumerable<(int Document, int Passage)> AllPassages(ReadableSegment segment)
    {
        var documents = segment.Reader.Documents;
        return Enumerable.Range(0, documents.Count)
            .Where(segment.Selected.Contains)
            .SelectMany(document => Enumerable.Range(documents.First(document), documents.PassageCountOf(document))
                .Select(passage => (document, passage)));
    }

    // The passages with a phrase, or null if one of the phrases is nowhere.
    private async ValueTask<HashSet<int>?> MatchAsync(
        DocumentVersion document,
        List<int>[] candidates,
        CancellationToken cancellationToken)
    {
        var content = await reading.ReadAsync(document, cancellationToken);
        var title = FoldedWords.Of(document.Title);
        var words = new Dictionary<int, IReadOnlyList<IReadOnlyList<string>>>();
        var matches = new HashSet<int>();
        foreach (var (number, phrase) in query.Phrases.Index())
        {
            var isFound = FoldedWords.Hold(title, phrase.Words);
            foreach (var ordinal in candidates[number])
            {
                if (TextsOf(ordinal).Any(text => FoldedWords.Hold(text, phrase.Words)))
                {
                    isFound = true;
                    matches.Add(ordinal);
                }
            }

            if (!isFound)
            {
                return null;
            }
        }

        return matches;

        IReadOnlyList<IReadOnlyList<string>> TextsOf(int ordinal)
        {
            if (!words.TryGetValue(ordinal, out var texts))
            {
                words[ordinal] = texts = content.PassageOf(ordinal) is { } passage
                    ? [.. passage.Headings.Prepend(content.TextOf(passage)).Select(FoldedWords.Of)]
                    : [];
            }

            return texts;
        }
    }
}
