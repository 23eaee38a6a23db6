using System.Globalization;
using System.Text;

namespace Terroir.Provenance.Notes;

/// <summary>What texts of notes, names of keys and numbers in them look like.</summary>
internal static class NoteText
{
    /// <summary>UTF-8 that refuses bytes that are none, and half characters.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes bytes that must be UTF-8 without control characters but line feeds.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string kind)
    {
        foreach (var value in bytes)
        {
            if (value < ' ' && value != '\n')
            {
                throw new ProofFormatException(kind, "it has a control character that is no line feed");
            }
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ProofFormatException(kind, "it is not UTF-8");
        }
    }

    /// <summary>Whether a name is not empty and has no Unicode space, plus or control character.</summary>
    public static bool IsKeyName(string name) =>
        name.Length > 0
        && !name.Any(c => char.IsWhiteSpace(c) || c < ' ' || c == '+')
        && !name.Where((c, i) => char.IsSurrogate(c) && !IsHalfOfPair(name, i)).Any();

    /// <summary>Reads base64 in the one way in which it is written; <see langword="null"/> for anything else.</summary>
    public static byte[]? Base64(string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && string.Equals(Convert.ToBase64String(bytes, 0, length), text, StringComparison.Ordinal)
            ? bytes[..length]
            : null;
    }

    /// <summary>Reads a number from 0 to 2^63 - 1 without leading zeroes.</summary>
    public static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && DecimalText.IsDigits(text)
        && (text[0] != '0' || text.Length == 1);

    /// <summary>Writes a number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsHalfOfPair(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
