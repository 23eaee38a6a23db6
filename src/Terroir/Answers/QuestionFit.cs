using Terroir.Answers.Extractive;
using Terroir.Retrieval;
using Terroir.Retrieval.Text;

namespace Terroir.Answers;

/// <summary>Decides whether what a model quotes answers the question at all: a sentence may be true, supported and
/// about something else.</summary>
internal static class QuestionFit
{
    /// <summary>Some passage that is quoted must have a place that covers at least this share of a part of the
    /// question. An extract needs <see cref="ExtractiveComposer.CoverageMin"/> in the quote itself; a model may quote
    /// what says it in other words.</summary>
    internal const double CoverageMin = 0.5;

    /// <summary>Decides.</summary>
    /// <param name="question">The question.</param>
    /// <param name="quotes">What supports the model's sentences.</param>
    /// <param name="statistics">How common the question's words are in what the asker may read.</param>
    public static bool Holds(string question, IReadOnlyList<Support> quotes, TermStatistics statistics)
    {
        var asked = AskedQuestion.Read(question);
        return asked.Parts.Any(part => !ExtractiveComposer.IsUnknown(asked, part, statistics)
            && quotes.Select(quote => quote.Hit).Distinct().Any(hit => Covers(part, hit, statistics)));
    }

    private static bool Covers(QuestionPart part, PassageHit hit, TermStatistics statistics)
    {
        var weights = new PartWeights(part, TextAnalysis.ChainOf(hit.Passage.Language), statistics);
        var passage = PassageTerms.Of(hit);
        return passage.Units.Any(unit => weights.Rate(passage, unit) is { } rate && rate.Whole >= CoverageMin);
    }
}
