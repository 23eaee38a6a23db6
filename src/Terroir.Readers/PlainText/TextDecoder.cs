using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace Terroir.Readers.PlainText;

/// <summary>Decodes text of any encoding: byte order mark, the pattern of zeros, strict UTF-8, then a guess.</summary>
internal static partial class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(ReadOnlySpan<byte> content)
    {
        if (WideEncodingOf(content) is { } wide)
        {
            return wide.GetString(content).TrimStart('\uFEFF');
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

    /// <summary>Decodes markup that may name its own encoding; what is valid UTF-8 is UTF-8 whatever it says.</summary>
    public static string DecodeMarkup(ReadOnlySpan<byte> content)
    {
        const int HeadLength = 2_048;
        if (WideEncodingOf(content) is not null || System.Text.Unicode.Utf8.IsValid(content))
        {
            return Decode(content);
        }

        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, HeadLength)]);
        return Charset().Match(head) is { Success: true } match && Named(match.Groups["name"].Value) is { } named
            ? named.GetString(content)
            : Decode(content);
    }

    /// <summary>Decodes the beginning of a file, which may end inside a character.</summary>
    public static string DecodeProbe(ReadOnlySpan<byte> head)
    {
        var end = head.Length;
        while (end > 0 && head.Length - end < 3 && (head[end - 1] & 0xC0) == 0x80)
        {
            end--;
        }

        var isCut = end > 0 && head[end - 1] >= 0xC0;
        return Decode(WideEncodingOf(head) is null && isCut ? head[..(end - 1)] : head);
    }

    /// <summary>Finds UTF-16 and UTF-32, by their mark or by where the zeros of Latin letters stand.</summary>
    /// <returns>The encoding, or <see langword="null"/> for any other.</returns>
    public static Encoding? WideEncodingOf(ReadOnlySpan<byte> content)
    {
        switch (content)
        {
            case [0xFF, 0xFE, 0, 0, ..]:
                return Encoding.UTF32;
            case [0, 0, 0xFE, 0xFF, ..]:
                return new UTF32Encoding(bigEndian: true, byteOrderMark: true);
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode;
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode;
        }

        const int PatternLength = 256;
        var head = content[..(Math.Min(content.Length, PatternLength) & ~1)];
        int even = 0, odd = 0;
        for (var at = 0; at + 1 < head.Length; at += 2)
        {
            even += head[at] == 0 ? 1 : 0;
            odd += head[at + 1] == 0 ? 1 : 0;
        }

        var pairs = head.Length / 2;
        return pairs < 4 ? null
            : odd > pairs * 7 / 10 && even == 0 ? Encoding.Unicode
            : even > pairs * 7 / 10 && odd == 0 ? Encoding.BigEndianUnicode
            : null;
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

    private static Encoding? Named(string name)
    {
        try
        {
            return name.ToLowerInvariant() switch
            {
                "iso-8859-1" or "latin1" or "us-ascii" => Encoding.GetEncoding(1252),
                "utf-8" or "utf8" or "utf-16" or "utf-7" => null,
                var other => Encoding.GetEncoding(other),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("(?:charset|encoding)\\s*=\\s*[\"']?(?<name>[A-Za-z0-9_-]{2,40})", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Charset();
}
