using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Vocabulary;

/// <summary>Finds what was meant by words that no searched document holds.</summary>
/// <remarks>Only documents that the asker may read and that the filters take give words, in the spelling in which they
/// stand there. Nothing is learned: the index and the stored text are asked at each search.</remarks>
internal sealed class SpellingSuggestions(
    IReadOnlyList<ReadableSegment> segments,
    TermStatistics statistics,
    PassageReading reading)
{
    /// <summary>With more hits, a query of more than <see cref="WordCountMax"/> words gets no suggestion.</summary>
    internal const int FewHitCount = 3;

    /// <summary>See <see cref="FewHitCount"/>; also how many words are mended.</summary>
    internal const int WordCountMax = 4;

    /// <summary>Of how many stems the words are looked at.</summary>
    internal const int StemCountMax = 16;

    /// <summary>In how many documents the words of a stem are looked at.</summary>
    internal const int DocumentCountMax = 4;

    private const int LengthMin = 4;
    private const int LengthMax = 40;

    // From this length on two letters may be wrong.
    private const int LongLength = 8;

    /// <summary>Finds a better spelling of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="hitCount">How many hits it has.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The query with its words mended, or <see langword="null"/>.</returns>
    public async ValueTask<string?> FindAsync(SearchQuery query, int hitCount, CancellationToken cancellationToken)
    {
        var words = TextAnalysis.Analyze(query.Parsed.Words, "fr");
        if (hitCount >= FewHitCount && words.Count > WordCountMax)
        {
            return null;
        }

        var english = TextAnalysis.Analyze(query.Parsed.Words, "en");
        var text = new StringBuilder(query.Text);
        var isMended = false;

        // From the end, so that what was mended does not move what is still to be.
        foreach (var word in words.Where(word => IsUnknown(word, english)).Take(WordCountMax).Reverse())
        {
            var written = query.Text[word.Start..word.End];
            if (await MendAsync(FoldedWords.Fold(written), cancellationToken) is { } better)
            {
                text.Remove(word.Start, word.End - word.Start).Insert(word.Start, Like(written, better));
                isMended = true;
            }
        }

        return isMended ? text.ToString() : null;
    }

    private static string Like(string written, string better) =>
        char.IsUpper(written[0]) ? char.ToUpper(better[0], CultureInfo.InvariantCulture) + better[1..] : better;

    private bool IsUnknown(Token word, List<Token> english) =>
        IsAbsent(word.Term)
        && english.TrueForAll(other => other.End <= word.Start || other.Start >= word.End || IsAbsent(other.Term));

    private bool IsAbsent(string term) => statistics.Frequencies.GetValueOrDefault(term) == 0;

    private async ValueTask<string?> MendAsync(string word, CancellationToken cancellationToken)
    {
        if (word.Length is < LengthMin or > LengthMax || !word.All(char.IsAsciiLetter))
        {
            return null;
        }

        var bound = word.Length < LongLength ? 1 : 2;
        var best = new Suggestion("", int.MaxValue, 0);
        foreach (var stem in FindStems(word, bound, cancellationToken))
        {
            foreach (var written in await ReadWordsAsync(stem, cancellationToken))
            {
                var found = new Suggestion(written, EditDistance.Of(FoldedWords.Fold(written), word), stem.Count);
                best = found.Distance > 0 && found.Distance <= bound && found.IsBetterThan(best) ? found : best;
            }
        }

        return best.Word.Length > 0 ? best.Word : null;
    }

    // The cheapest stems that a selected document holds; which others there are does not change them.
    private List<Stem> FindStems(string word, int bound, CancellationToken cancellationToken)
    {
        var costs = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (chain, segment) in TextAnalysis.Chains.SelectMany(_ => segments, (chain, item) => (chain, item)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (term, cost) in NearTerms.Find(segment.Reader, chain, word, bound))
            {
                costs[term] = cost;
            }
        }

        var stems = new List<Stem>();
        foreach (var (term, _) in costs.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stems.Count < StemCountMax && StemOf(term) is { Count: > 0 } stem)
            {
                stems.Add(stem);
            }
        }

        return stems;
    }

    private Stem StemOf(string term)
    {
        var count = 0;
        var first = new PriorityQueue<Place, DocumentId>(
            DocumentCountMax + 1,
            Comparer<DocumentId>.Create((x, y) => y.CompareTo(x)));
        foreach (var (number, segment) in segments.Index())
        {
            var last = -1;
            var postings = segment.Reader.Postings(segment.Reader.Find(term));
            while (postings.MoveNext())
            {
                var document = postings.Document;
                if (document == last || !segment.Selected.Contains(document))
                {
                    continue;
                }

                (last, count) = (document, count + 1);
                var entry = segment.Reader.Documents[document];
                first.Enqueue(new Place(number, document, postings.Current.Passage - entry.FirstPassage), entry.Id);
                if (first.Count > DocumentCountMax)
                {
                    first.Dequeue();
                }
            }
        }

        return new Stem(term, count, [.. first.UnorderedItems.Select(item => item.Element)]);
    }

    // The words of a stem, lower case, as its documents write them.
    private async ValueTask<IReadOnlySet<string>> ReadWordsAsync(Stem stem, CancellationToken cancellationToken)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        var chain = stem.Term[..stem.Term.IndexOf(':', StringComparison.Ordinal)];
        foreach (var place in stem.Places)
        {
            var document = segments[place.Segment].Documents[place.Document]!;
            var content = await reading.ReadAsync(document, cancellationToken);
            if (content.PassageOf(place.Ordinal) is { } passage)
            {
                foreach (var text in passage.Headings.Append(document.Title).Append(content.TextOf(passage)))
                {
                    words.UnionWith(TextAnalysis.Analyze(text, chain)
                        .Where(token => string.Equals(token.Term, stem.Term, StringComparison.Ordinal))
                        .Select(token => text[token.Start..token.End].ToLowerInvariant()));
                }
            }
        }

        return words;
    }

    private sealed record Stem(string Term, int Count, IReadOnlyList<Place> Places);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Segment, int Document, int Ordinal);

    // The nearest, then the most frequent, then by letters.
    private sealed record Suggestion(string Word, int Distance, int Count)
    {
        public bool IsBetterThan(Suggestion other) =>
            (Distance, -Count).CompareTo((other.Distance, -other.Count)) is var order && order != 0
                ? order < 0
                : string.CompareOrdinal(Word, other.Word) < 0;
    }
}
