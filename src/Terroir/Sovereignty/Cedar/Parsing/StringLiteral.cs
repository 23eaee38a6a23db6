using System.Globalization;
using System.Text;

namespace Terroir.Sovereignty.Cedar;

/// <summary>What the string literals of the language mean.</summary>
internal static class StringLiteral
{
    private const int AsciiMax = 0x7f;
    private const int HexLengthMax = 6;

    /// <summary>Reads a literal.</summary>
    /// <param name="source">The text that it stands in.</param>
    /// <param name="token">The literal with its quotation marks.</param>
    /// <exception cref="PolicyInvalidException">An escape is not of the language.</exception>
    public static string Read(SourceText source, Token token)
    {
        var content = token.Text.AsSpan(1, token.Text.Length - 2);
        if (!content.Contains('\\'))
        {
            return content.ToString();
        }

        var read = new StringBuilder();
        ReadTo(source, token, isPattern: false, (rune, _) => read.Append(rune.ToString()));
        return read.ToString();
    }

    /// <summary>Reads the literal after <c>like</c>, in which <c>*</c> stands for any text and <c>\*</c> for itself.
    /// </summary>
    public static LikePattern ReadPattern(SourceText source, Token token)
    {
        var parts = new List<StringBuilder> { new() };
        ReadTo(source, token, isPattern: true, (rune, isWildcard) =>
        {
            if (isWildcard)
            {
                parts.Add(new StringBuilder());
            }
            else
            {
                parts[^1].Append(rune.ToString());
            }
        });
        return new LikePattern([.. parts.Select(part => part.ToString())]);
    }

    private static void ReadTo(SourceText source, Token token, bool isPattern, Action<Rune, bool> add)
    {
        var content = token.Text.AsSpan(1, token.Text.Length - 2);
        for (var place = 0; place < content.Length;)
        {
            if (content[place] == '\\')
            {
                var (rune, length) = ReadEscape(content[place..], isPattern)
                    ?? throw source.Fault(
                        PolicyFaultKind.InvalidEscape,
                        token.Start + 1 + place,
                        content.Slice(place, Math.Min(2, content.Length - place)).ToString());
                add(rune, false);
                place += length;
            }
            else
            {
                _ = Rune.DecodeFromUtf16(content[place..], out var rune, out var length);
                add(rune, isPattern && rune.Value == '*');
                place += length;
            }
        }
    }

    private static (Rune Rune, int Length)? ReadEscape(ReadOnlySpan<char> text, bool isPattern)
    {
        if (text.Length < 2)
        {
            return null;
        }

        return text[1] switch
        {
            'n' => (new Rune('\n'), 2),
            'r' => (new Rune('\r'), 2),
            't' => (new Rune('\t'), 2),
            '0' => (new Rune('\0'), 2),
            '\\' or '\'' or '"' => (new Rune(text[1]), 2),
            '*' when isPattern => (new Rune('*'), 2),
            'x' when text.Length >= 4 && ReadHex(text[2..4]) is { } ascii and <= AsciiMax => (new Rune(ascii), 4),
            'u' => ReadUnicode(text),
            _ => null,
        };
    }

    private static (Rune Rune, int Length)? ReadUnicode(ReadOnlySpan<char> text)
    {
        var close = text.IndexOf('}');
        return text.Length > 2 && text[2] == '{' && close > 3 && close - 3 <= HexLengthMax
            && ReadHex(text[3..close]) is { } value && Rune.TryCreate(value, out var rune)
            ? (rune, close + 1)
            : null;
    }

    private static int? ReadHex(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
