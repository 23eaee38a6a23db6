namespace Terroir.Languages;

/// <summary>Tells French, English, German, Spanish, Italian, Portuguese and Dutch apart, in documents, in blocks of
/// them and in questions.</summary>
/// <remarks>The full identifier that was measured took 443 MB and erred on 3 of 5 short texts; the analysis chains
/// need French or English. Safe to call from several threads.</remarks>
internal static class LanguageIdentifier
{
    /// <summary>So many characters of a text are looked at.</summary>
    internal const int ProbeLength = 4_000;

    /// <summary>A block has another language than its document only if that much speaks for it. Chosen by reason, as
    /// are the next two: a passage in the wrong chain is found by words that no other document has there.</summary>
    internal const double BlockScoreMin = 3;

    /// <summary>And so many times what speaks for the document's language.</summary>
    internal const double BlockFactorMin = 2;

    /// <summary>And so many different small words that the document's language does not have: one can be a name. A
    /// document that states no language leaves that of the site on the same condition.</summary>
    internal const int OwnWordCountMin = 2;

    /// <summary>What speaks for the language that a document states counts so many times: programs write the language
    /// of their menus there.</summary>
    internal const double StatedFactor = 1.5;

    /// <summary>With less than this for each word, a text is in none of the languages that are told apart.</summary>
    internal const double WordScoreMin = 0.2;

    /// <summary>Finds the main language of a text.</summary>
    /// <param name="text">The text; the beginning is enough.</param>
    /// <param name="fallback">The answer when nothing tells.</param>
    /// <returns>An ISO 639-1 code.</returns>
    public static string Identify(string text, string fallback)
    {
        var scores = LanguageScores.Of(Probe(text));
        var best = scores.Best;
        return scores.For(best) > scores.For(fallback) ? best : fallback;
    }

    /// <summary>Finds the main language of a document.</summary>
    /// <param name="text">Its text; the beginning is enough.</param>
    /// <param name="stated">The language that it states, as a BCP 47 tag, or <see langword="null"/>.</param>
    /// <param name="fallback">The language of the site.</param>
    /// <returns>An ISO 639-1 code. A language that is not told apart is believed where the text is in none of
    /// those that are.</returns>
    public static string IdentifyDocument(string text, string? stated, string fallback)
    {
        var scores = LanguageScores.Of(Probe(text));
        var best = scores.Best;
        if (CodeOf(stated) is not { } code)
        {
            var isTold = scores.For(best) > scores.For(fallback)
                && scores.For(best) >= WordScoreMin * scores.WordCount
                && scores.CountWords(best, fallback) >= OwnWordCountMin;
            return isTold ? best : fallback;
        }

        var isKnown = LanguageWords.Codes.Contains(code, StringComparer.Ordinal);
        return isKnown
            ? StatedFactor * scores.For(code) >= scores.For(best) ? code : best
            : scores.For(best) < WordScoreMin * scores.WordCount ? code : best;
    }

    /// <summary>Finds the language of a block.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="main">The language of its document.</param>
    /// <returns>An ISO 639-1 code, or <see langword="null"/> if the block tells too little.</returns>
    public static string? IdentifyBlock(string text, string main)
    {
        var scores = LanguageScores.Of(Probe(text));
        var best = scores.Best;
        var (most, own) = (scores.For(best), scores.For(main));
        var isOther = most >= BlockFactorMin * own && scores.CountWords(best, main) >= OwnWordCountMin;
        return most < BlockScoreMin ? null
            : string.Equals(best, main, StringComparison.Ordinal) || isOther ? best
            : null;
    }

    private static ReadOnlySpan<char> Probe(string text) =>
        text.AsSpan(0, Math.Min(text.Length, ProbeLength));

    private static string? CodeOf(string? tag)
    {
        var end = tag?.AsSpan().IndexOfAny('-', '_') ?? -1;
        var code = (end < 0 ? tag : tag![..end])?.ToLowerInvariant();
        return code is { Length: 2 } && code.All(char.IsAsciiLetterLower) ? code : null;
    }
}
