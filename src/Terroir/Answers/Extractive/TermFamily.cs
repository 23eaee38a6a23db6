namespace Terroir.Answers.Extractive;

/// <summary>Tells terms of one family, which the stemmers keep apart: <c>transfus</c> and <c>transfusion</c>,
/// <c>livr</c> and <c>livraison</c>.</summary>
internal static class TermFamily
{
    /// <summary>A term that begins another with at least this many letters is of its family. Chosen by reason: with
    /// five, "franc" would be of the family of "français".</summary>
    internal const int LengthMin = 6;

    /// <summary>So many are enough before an ending that makes a noun or a verb.</summary>
    internal const int LengthMinBeforeEnding = 4;

    // A term is its chain, a colon and the stem.
    private const int ChainPrefixLength = 3;

    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal)
    {
        "aison", "ation", "ition", "ion", "ment", "ement", "eur", "ateur", "euse", "rice", "age", "ance", "ence", "er",
        "ir", "r", "el", "al", "ier", "ing", "or", "y",
    };

    /// <summary>Whether one term begins the other.</summary>
    public static bool IsShared(string one, string other)
    {
        var (shorter, longer) = one.Length < other.Length ? (one, other) : (other, one);
        var length = shorter.Length - ChainPrefixLength;
        return length >= LengthMinBeforeEnding && longer.StartsWith(shorter, StringComparison.Ordinal)
            && (length >= LengthMin || Endings.Contains(longer[shorter.Length..]));
    }
}
