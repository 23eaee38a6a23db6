using Terroir.Energy;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>What a receipt states of an answer, beside the answer itself.</summary>
/// <param name="Passages">The passages that were shown to what composed it, in order.</param>
/// <param name="Model">The model and its prompt; <see langword="null"/> for extracts.</param>
/// <param name="Sentences">How each sentence was checked, in order.</param>
internal sealed record AnswerEvidence(
    IReadOnlyList<PassageHit> Passages,
    ModelUse? Model,
    IReadOnlyList<CheckedSentence> Sentences)
{
    /// <summary>What the policies said of the model; <see langword="null"/> where none were asked.</summary>
    public PolicyVerdict? Verdict { get; init; }

    /// <summary>What models took; <see langword="null"/> where none was called, or what one took is not known.
    /// </summary>
    public ModelledEnergy? Energy { get; init; }

    private readonly Dictionary<(CollectionId, DocumentId, int), int> _ranks = [];

    /// <summary>Adds passages that were not shown and are cited all the same, as those that say something else are, and
    /// learns the ranks of the search.</summary>
    /// <param name="citations">The citations.</param>
    /// <param name="hits">What the search found, best first.</param>
    public AnswerEvidence Seeing(IReadOnlyList<Citation> citations, IReadOnlyList<PassageHit> hits)
    {
        var shown = Passages.DistinctBy(Name).ToList();
        var names = shown.Select(Name).ToHashSet();
        shown.AddRange(citations.Select(citation => citation.Hit!).Where(hit => names.Add(Name(hit))));
        var seen = this with { Passages = shown };
        foreach (var (index, hit) in hits.Concat(shown).DistinctBy(Name).Index())
        {
            seen._ranks[Name(hit)] = index + 1;
        }

        return seen;
    }

    /// <summary>The place of a citation's passage among those shown, from 0.</summary>
    public int PlaceOf(Citation citation)
    {
        var name = Name(citation.Hit!);
        return Passages.Index().First(item => Name(item.Item) == name).Index;
    }

    /// <summary>The rank of a citation's passage in the search, from 1; after those found, if it was not found.
    /// </summary>
    public int RankOf(Citation citation) => _ranks[Name(citation.Hit!)];

    private static (CollectionId Collection, DocumentId Document, int Ordinal) Name(PassageHit hit) =>
        (hit.Collection, hit.Document.Id, hit.Passage.Ordinal);
}

/// <summary>A sentence of an answer that was checked.</summary>
/// <param name="Start">Its first character in the answer's text.</param>
/// <param name="Length">How many characters it has, without the numbers that follow it.</param>
/// <param name="IsQuote">Whether its words are those of a citation.</param>
/// <param name="Citations">The numbers of its citations, from 1.</param>
internal sealed record CheckedSentence(int Start, int Length, bool IsQuote, IReadOnlyList<int> Citations)
{
    public static CheckedSentence Of(int start, Statement statement, IReadOnlyList<Citation> cited) => new(
        start,
        statement.Text.Length,
        statement.AreAlternatives || cited.Any(citation =>
            string.Equals(citation.Quote, statement.Text, StringComparison.Ordinal)),
        [.. cited.Select(citation => citation.Number)]);
}
