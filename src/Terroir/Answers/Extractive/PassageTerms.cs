using Terroir.Retrieval;
using Terroir.Retrieval.Text;

namespace Terroir.Answers.Extractive;

/// <summary>A passage as terms: its units, what is above them, and the rest of it.</summary>
/// <param name="Hit">The passage.</param>
/// <param name="Above">The terms of the document's title and the passage's headings.</param>
/// <param name="Path">The terms of the document's path.</param>
/// <param name="All">All terms of the passage.</param>
/// <param name="Units">Its units.</param>
internal sealed record PassageTerms(
    PassageHit Hit,
    IReadOnlySet<string> Above,
    IReadOnlySet<string> Path,
    IReadOnlySet<string> All,
    IReadOnlyList<UnitTerms> Units)
{
    /// <summary>Reads a passage.</summary>
    public static PassageTerms Of(PassageHit hit)
    {
        var language = hit.Passage.Language;
        var path = hit.Document.Path.Replace('-', ' ').Replace('_', ' ').Replace('/', ' ');
        return new PassageTerms(
            hit,
            QueryTerms.Of($"{hit.Document.Title}\n{string.Join('\n', hit.Passage.Headings)}", language),
            QueryTerms.Of(path, language),
            QueryTerms.Of(hit.Text, language),
            [.. PassageOutline.Of(hit).Select(unit => Read(hit, unit))]);
    }

    private static UnitTerms Read(PassageHit hit, Unit unit)
    {
        var language = hit.Passage.Language;
        var heading = hit.Passage.Headings.Count > 0 ? hit.Passage.Headings[^1] : hit.Document.Title;
        var sequence = TextAnalysis.Analyze(hit.Text[unit.Start..unit.End], TextAnalysis.ChainOf(language))
            .Select(token => token.Term)
            .ToArray();
        return new UnitTerms(
            unit,
            sequence,
            sequence.ToHashSet(StringComparer.Ordinal),
            QueryTerms.Of(unit.Kind == UnitKind.List ? $"{heading}\n{unit.Lead}" : unit.Lead, language),
            QueryTerms.Of(unit.Before, language));
    }
}

/// <summary>A unit as terms.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Sequence">The terms of its text in order.</param>
/// <param name="Own">The same as a set.</param>
/// <param name="Lead">The terms of what introduces it; for a list, of the heading too.</param>
/// <param name="Before">The terms of the sentence before it.</param>
internal sealed record UnitTerms(
    Unit Unit,
    IReadOnlyList<string> Sequence,
    IReadOnlySet<string> Own,
    IReadOnlySet<string> Lead,
    IReadOnlySet<string> Before);
