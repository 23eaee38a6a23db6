using Terroir.Retrieval.Text;

namespace Terroir.Retrieval;

/// <summary>The terms of short texts, for those who compare a sentence with a question.</summary>
public static class QueryTerms
{
    /// <summary>Lists the distinct terms of a text as the index has them, stop words left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">The language: <c>en</c>, or anything else for French.</param>
    /// <returns>The terms.</returns>
    public static IReadOnlySet<string> Of(string text, string language) =>
        TextAnalysis.Analyze(text, TextAnalysis.ChainOf(language))
            .Select(token => token.Term)
            .ToHashSet(StringComparer.Ordinal);
}
