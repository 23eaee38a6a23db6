using System.Buffers;
using System.Globalization;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>Converts between text and aligned code points.</summary>
internal static class AlignedText
{
    /// <summary>Reads a text; a lone surrogate becomes U+FFFD.</summary>
    public static AlignedRune[] Of(string text)
    {
        var runes = new AlignedRune[text.Length];
        var count = 0;
        var offset = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var end = offset + rune.Utf8SequenceLength;
            runes[count++] = new AlignedRune(rune, offset, end);
            offset = end;
        }

        return count == runes.Length ? runes : runes[..count];
    }

    /// <summary>Writes the code points.</summary>
    public static string Text(ReadOnlySpan<AlignedRune> runes)
    {
        var text = new StringBuilder(runes.Length);
        foreach (var rune in runes)
        {
            text.Append(rune.Value);
        }

        return text.ToString();
    }

    /// <summary>Writes one UTF-16 character a code point, so that an index in it is an index in the code points: a code
    /// point above U+FFFF becomes a character of the same category.</summary>
    /// <remarks>The regular expressions of .NET see halves of surrogate pairs, which are neither letters nor digits.
    /// </remarks>
    public static string Shape(ReadOnlySpan<AlignedRune> runes)
    {
        var shape = ArrayPool<char>.Shared.Rent(runes.Length);
        try
        {
            for (var index = 0; index < runes.Length; index++)
            {
                var rune = runes[index].Value;
                shape[index] = rune.IsBmp ? (char)rune.Value : Representative(Rune.GetUnicodeCategory(rune));
            }

            return new string(shape, 0, runes.Length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(shape);
        }
    }

    /// <summary>Whether Unicode counts a code point as white space.</summary>
    public static bool IsWhiteSpace(AlignedRune rune) => Rune.IsWhiteSpace(rune.Value);

    private static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => 'Þ',
        UnicodeCategory.LowercaseLetter => 'þ',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u05D0',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u20DD',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00B2',
        UnicodeCategory.OtherPunctuation => '\u00B7',
        UnicodeCategory.DashPunctuation => '\u2010',
        UnicodeCategory.MathSymbol => '\u00AC',
        UnicodeCategory.CurrencySymbol => '\u00A2',
        UnicodeCategory.ModifierSymbol => '\u00A8',
        UnicodeCategory.OtherSymbol => '\u00A9',
        UnicodeCategory.Format => '\u00AD',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378',
    };
}
