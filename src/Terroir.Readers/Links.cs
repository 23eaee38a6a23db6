namespace Terroir.Readers;

/// <summary>Links in text.</summary>
internal static class Links
{
    private static readonly string[] Schemes = ["http://", "https://", "mailto:", "ftp://"];

    /// <summary>Writes a link as Markdown where its target leads out of the document and says something new.</summary>
    public static string Mark(string text, string? target)
    {
        var shown = text.Trim();
        var clean = target?.Trim() ?? "";
        var isKept = shown.Length > 0 && clean.Length > 0 && !clean.StartsWith('#') && IsAllowed(clean)
            && !clean.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>')
            && !string.Equals(shown, clean, StringComparison.OrdinalIgnoreCase)
            && !string.Equals("mailto:" + shown, clean, StringComparison.OrdinalIgnoreCase);
        if (!isKept)
        {
            return text;
        }

        var start = text.IndexOf(shown, StringComparison.Ordinal);
        return $"{text[..start]}[{shown}]({clean}){text[(start + shown.Length)..]}";
    }

    // An address without a scheme is a path beside the document; any other scheme runs something or is of no use.
    private static bool IsAllowed(string target)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        return Array.Exists(Schemes, scheme => target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            || colon < 0 || target.AsSpan(0, colon).IndexOfAny('/', '?', '#') >= 0;
    }
}
