using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Vocabulary;

/// <summary>The terms under which a segment keeps the acronyms that its passages explain.</summary>
/// <remarks>An explanation is two terms of the passage, one to be found by the short form and one by the terms of the
/// long form. So it lives as long as the passage does, is counted over whatever documents may be looked at, and costs
/// nothing at opening.</remarks>
internal static class AcronymTerms
{
    /// <summary>What stands before a short form.</summary>
    public const string ShortPrefix = "ac:";

    /// <summary>What stands before the terms of a long form.</summary>
    public const string LongPrefix = "ax:";

    /// <summary>What parts the two forms in a name.</summary>
    public const char Separator = '=';

    // A name is kept short: no explanation that is worth keeping is longer.
    private const int NameLengthMax = 160;

    /// <summary>Lists the terms for the explanations in a text.</summary>
    /// <param name="text">The text of a passage.</param>
    /// <param name="chain">Its chain.</param>
    public static IEnumerable<string> Of(string text, string chain) => AcronymFinder.Find(text)
        .SelectMany(acronym => new[]
        {
            $"{ShortPrefix}{acronym.Short}{Separator}{acronym.Long}",
            $"{LongPrefix}{KeyOf(TextAnalysis.Analyze(acronym.Long, chain))}{Separator}{acronym.Short}",
        })
        .Where(name => name.Length <= NameLengthMax)
        .Distinct(StringComparer.Ordinal);

    /// <summary>The key of a long form: its terms with a space between, stop words left out.</summary>
    public static string KeyOf(IEnumerable<Token> tokens) => string.Join(' ', tokens.Select(token => token.Term));
}
