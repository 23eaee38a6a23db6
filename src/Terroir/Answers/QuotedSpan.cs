using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>A sentence of a passage, as far as words can be compared.</summary>
/// <param name="Hit">The passage.</param>
/// <param name="Start">Its first character in the passage's text.</param>
/// <param name="End">The character after the last.</param>
/// <param name="Words">Its terms.</param>
/// <param name="Around">Its terms and those of the document's title, the passage's headings and, for a row, the names
/// of its columns.</param>
/// <param name="Figures">Its numbers and units.</param>
/// <param name="IsNegated">Whether it denies something.</param>
internal sealed record QuotedSpan(
    PassageHit Hit,
    int Start,
    int End,
    IReadOnlySet<string> Words,
    IReadOnlySet<string> Around,
    Figures Figures,
    bool IsNegated)
{
    /// <summary>The text of the sentence.</summary>
    public string Text => Hit.Text[Start..End];

    /// <summary>Reads the sentences of a passage.</summary>
    public static IEnumerable<QuotedSpan> Of(PassageHit hit)
    {
        var language = hit.Passage.Language;
        var context = QueryTerms.Of($"{hit.Document.Title}\n{string.Join('\n', hit.Passage.Headings)}", language);
        foreach (var (start, end) in SentenceSplitter.Split(hit.Text))
        {
            var text = hit.Text[start..end];
            var words = QueryTerms.Of(text, language);
            yield return new QuotedSpan(
                hit,
                start,
                end,
                words,
                words.Union(context, StringComparer.Ordinal)
                    .Union(ColumnsOf(hit, start, language), StringComparer.Ordinal)
                    .ToHashSet(StringComparer.Ordinal),
                Figures.Of(text, language),
                Claim.DeniesSomething(text));
        }
    }

    private static IReadOnlySet<string> ColumnsOf(PassageHit hit, int start, string language) =>
        QueryTerms.Of(
            hit.Tables.FirstOrDefault(table => table.Start <= start && start < table.End)?.Header ?? "",
            language);

    /// <summary>The span as what supports a claim.</summary>
    public Support ToSupport(Claim claim)
    {
        var coverage = claim.Words.Count(Words.Contains) / Math.Max(1.0, claim.Words.Count);
        return new Support(Hit, Start, End, coverage, coverage);
    }
}
