using System.Text;

namespace Terroir.Server.Endpoints;

/// <summary>Texts of documents and models for clients that take text for Markdown: they show it, and no picture, link
/// or HTML comes of it.</summary>
/// <remarks>What could begin one gets a backslash (CommonMark 0.31, section 2.4; also the bare addresses of GitHub's
/// dialect). The markers of citations stay as they are: nothing defines where they lead.</remarks>
internal static class PlainMarkdown
{
    private const int MarkerDigitsMax = 3;

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (IsActive(text, at))
            {
                plain.Append('\\');
            }

            plain.Append(text[at]);
        }

        return plain.ToString();
    }

    private static bool IsActive(string text, int at) => text[at] switch
    {
        '\\' => true,
        '[' => !IsMarker(text, at),
        '<' => At(text, at + 1) is '/' or '!' or '?' || char.IsLetter(At(text, at + 1)),

        // An address, such as https://, mailto: or tel:.
        ':' => char.IsAsciiLetter(At(text, at - 1)) && !char.IsWhiteSpace(At(text, at + 1)) && at + 1 < text.Length,
        '.' => at >= 3 && text.AsSpan(at - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase),
        '@' => char.IsAsciiLetterOrDigit(At(text, at + 1)),
        _ => false,
    };

    // [12], which is no text of a link and defines none.
    private static bool IsMarker(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && end - at <= MarkerDigitsMax && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > at + 1 && At(text, end) == ']' && At(text, end + 1) is not ('(' or '[' or ':');
    }

    private static char At(string text, int at) => at >= 0 && at < text.Length ? text[at] : '\0';
}
