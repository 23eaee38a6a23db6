using System.Text.RegularExpressions;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>What a model's sentence says, as far as words can be compared.</summary>
/// <param name="Words">Its terms, without figures and words that tell no fact.</param>
/// <param name="Names">The terms of the words with a capital inside it, such as names.</param>
/// <param name="Figures">Its numbers and units.</param>
/// <param name="Links">Its addresses of pages and people.</param>
/// <param name="IsNegated">Whether it denies something.</param>
internal sealed partial record Claim(
    IReadOnlySet<string> Words,
    IReadOnlySet<string> Names,
    Figures Figures,
    IReadOnlyList<string> Links,
    bool IsNegated)
{
    // Words that tell no fact of a document. They count for nothing, so that they neither help nor hurt.
    private const string FrenchFillers =
        "doit doivent devez devra faut peut peuvent pouvez selon document documents passage passages indique précise "
        + "mentionne prévoit situé située trouve trouvent notamment également ainsi donc afin auprès";

    private const string EnglishFillers =
        "must should shall can may need needs according document documents passage passages states stated says "
        + "mentions specifies located also therefore";

    private static readonly IReadOnlySet<string> FrenchFillerTerms = QueryTerms.Of(FrenchFillers, "fr");
    private static readonly IReadOnlySet<string> EnglishFillerTerms = QueryTerms.Of(EnglishFillers, "en");

    /// <summary>Reads a sentence.</summary>
    /// <param name="sentence">The sentence, without markers.</param>
    /// <param name="language">The language of the passages that it is compared with.</param>
    public static Claim Of(string sentence, string language)
    {
        var fillers = language is "en" ? EnglishFillerTerms : FrenchFillerTerms;
        var figures = Figures.Of(sentence, language);
        return new Claim(
            QueryTerms.Of(figures.Rest, language)
                .Where(word => !fillers.Contains(word))
                .ToHashSet(StringComparer.Ordinal),
            QueryTerms.Of(string.Join(' ', Name().Matches(sentence).Select(match => match.Value)), language),
            figures,
            [.. Link().Matches(sentence).Select(match => match.Value.TrimEnd('.', ',', ';', ')'))],
            DeniesSomething(sentence));
    }

    /// <summary>Whether a text denies or forbids something.</summary>
    public static bool DeniesSomething(string text) => Negation().IsMatch(text);

    /// <summary>How much a span adds to those that were chosen: words, and figures twice.</summary>
    public int Gain(QuotedSpan span, List<QuotedSpan> chosen) =>
        Words.Count(word => span.Words.Contains(word) && !chosen.Exists(quote => quote.Words.Contains(word)))
        + (2 * Figures.Numbers.Count(number => IsNew(number, span, chosen)));

    /// <summary>Whether a span has a number of the sentence that those that were chosen do not have.</summary>
    public bool FindsFigure(QuotedSpan span, List<QuotedSpan> chosen) =>
        Figures.Numbers.Any(number => IsNew(number, span, chosen));

    private static bool IsNew(string number, QuotedSpan span, List<QuotedSpan> chosen) =>
        span.Figures.Numbers.Contains(number) && !chosen.Exists(quote => quote.Figures.Numbers.Contains(number));

    // Not at its start, where every word has a capital.
    [GeneratedRegex(@"(?<=[\p{L}\p{N},;:)»] [«(]?[ \u00A0\u202F]?|['’])\p{Lu}[\p{L}\p{N}]+", RegexOptions.None, 30_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.IgnoreCase, 30_000)]
    private static partial Regex Link();

    // "Ne ... que" restricts and denies nothing, so "ne" alone does not count.
    [GeneratedRegex(
        @"\b(?:pas|jamais|aucune?s?|rien|nul(?:le)?|ni|non|sans|interdi\w*|impossible|refus\w*|not|never|no|none|nor|"
        + @"nobody|nothing|cannot|without|forbidden|prohibited|\w+n['’]t)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Negation();
}
