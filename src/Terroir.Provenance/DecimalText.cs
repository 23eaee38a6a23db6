namespace Terroir.Provenance;

/// <summary>Numbers as the formats write them.</summary>
internal static class DecimalText
{
    /// <summary>Whether a text is decimal digits alone. Parsing itself passes over characters U+0000 at the end.
    /// </summary>
    public static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
