using System.Text;
using UtfUnknown;

namespace Terroir.Readers.PlainText;

/// <summary>Decodes text of any encoding: byte order mark, then strict UTF-8, then a guess.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(ReadOnlySpan<byte> content)
    {
        if (content is [0xFF, 0xFE, ..])
        {
            return Encoding.Unicode.GetString(content[2..]);
        }

        if (content is [0xFE, 0xFF, ..])
        {
            return Encoding.BigEndianUnicode.GetString(content[2..]);
        }

        var body = content is [0xEF, 0xBB, 0xBF, ..] ? content[3..] : content;
        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return Guess(body.ToArray()).GetString(body);
        }
    }

    // Western single-byte guesses become Windows-1252, which holds all letters of ISO-8859-1 and the euro and œ too.
    private static Encoding Guess(byte[] content)
    {
        var best = CharsetDetector.DetectFromBytes(content).Detected;
        var isOther = best is { Confidence: > 0.5f, Encoding: not null }
            && !best.EncodingName.StartsWith("iso-8859-1", StringComparison.OrdinalIgnoreCase)
            && !best.EncodingName.StartsWith("ascii", StringComparison.OrdinalIgnoreCase);
        return isOther ? best!.Encoding! : Encoding.GetEncoding(1252);
    }
}
