using System.Globalization;
using System.Text;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Strings and names as the language writes them.</summary>
internal static class CedarText
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar",
    };

    /// <summary>Whether a word may be no name.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>Whether a text is written without quotation marks.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && IsNameStart(text[0]) && text.All(IsNamePart) && !IsReserved(text);

    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    public static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Writes a string literal.</summary>
    public static string Quote(string text)
    {
        var written = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            Append(written, rune);
        }

        return written.Append('"').ToString();
    }

    /// <summary>Appends a character, escaped where a literal needs it.</summary>
    public static void Append(StringBuilder written, Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                written.Append("\\\"");
                break;
            case '\\':
                written.Append(@"\\");
                break;
            case '\n':
                written.Append("\\n");
                break;
            case '\r':
                written.Append("\\r");
                break;
            case '\t':
                written.Append("\\t");
                break;
            case 0:
                written.Append("\\0");
                break;
            default:
                if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                {
                    written.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
                }
                else
                {
                    written.Append(rune.ToString());
                }

                break;
        }
    }
}
