using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terroir.Documents;

namespace Terroir.Readers.PlainText;

/// <summary>Tells the kinds of text apart.</summary>
internal static partial class TextFormat
{
    private const int ProbeLength = 16_384;
    private const int MatchTimeoutMs = 1_000;

    private static readonly string[] MailHeaders =
    [
        "from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "content-type",
        "delivered-to", "reply-to", "cc",
    ];

    public static FileFormat Detect(ReadOnlyMemory<byte> content, string fileName, ReadLimits limits)
    {
        var head = content.Span[..Math.Min(content.Length, ProbeLength)];
        if (IsBinary(head))
        {
            return FileFormat.Unknown;
        }

        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        var text = TextDecoder.DecodeProbe(head).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return Markup(text, extension)
            ?? Mail(text)
            ?? Json(content, text, extension, limits)
            ?? extension switch
            {
                ".md" or ".markdown" => FileFormat.Markdown,
                ".csv" or ".tsv" or ".tab" => FileFormat.Csv,
                ".eml" => FileFormat.Mail,
                ".html" or ".htm" or ".xhtml" => FileFormat.Html,
                ".txt" or ".text" or ".log" => FileFormat.Text,
                _ => CsvDialect.Looks(text) ? FileFormat.Csv : FileFormat.Text,
            };
    }

    // Text has no zero bytes and few controls, unless a byte order mark or the pattern of zeros says UTF-16 or 32.
    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        if (TextDecoder.WideEncodingOf(head) is not null)
        {
            return false;
        }

        var controls = 0;
        foreach (var value in head)
        {
            controls += value is 0 ? head.Length : value < 32 && value is not (9 or 10 or 12 or 13 or 27) ? 1 : 0;
            if (controls > head.Length / 20)
            {
                return true;
            }
        }

        return false;
    }

    private static FileFormat? Markup(string text, string extension)
    {
        if (!text.StartsWith('<'))
        {
            return null;
        }

        var start = XmlProlog().Replace(text[..Math.Min(text.Length, 4_000)], "").TrimStart();
        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || HtmlStart().IsMatch(start))
        {
            return FileFormat.Html;
        }

        if (text.StartsWith("<?xml", StringComparison.Ordinal))
        {
            return FileFormat.Xml;
        }

        return extension switch
        {
            ".html" or ".htm" => FileFormat.Html,
            ".xhtml" => FileFormat.Html,
            ".md" or ".markdown" or ".txt" or ".csv" => null,
            _ => start.StartsWith("<!DOCTYPE", StringComparison.Ordinal) || XmlStart().IsMatch(start)
                ? FileFormat.Xml
                : null,
        };
    }

    private static FileFormat? Mail(string text)
    {
        var isBox = text.StartsWith("From ", StringComparison.Ordinal);
        var lines = text.Split('\n', 60);
        var known = 0;
        foreach (var line in lines.Take(59).Skip(isBox ? 1 : 0).Select(line => line.TrimEnd('\r')))
        {
            if (line.Length == 0)
            {
                break;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[0] is ' ' or '\t')
            {
                continue;
            }

            if (colon < 1 || line.AsSpan(0, colon).ContainsAny(' ', '\t'))
            {
                return null;
            }

            known += MailHeaders.Contains(line[..colon].ToLowerInvariant(), StringComparer.Ordinal) ? 1 : 0;
        }

        return known < 2 ? null : isBox ? FileFormat.Mbox : FileFormat.Mail;
    }

    private static FileFormat? Json(ReadOnlyMemory<byte> content, string text, string extension, ReadLimits limits)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
        {
            return null;
        }

        if (extension is ".jsonl" or ".ndjson")
        {
            return FileFormat.JsonLines;
        }

        if (extension is ".json" || IsWhole(content.Span, limits))
        {
            return FileFormat.Json;
        }

        var lines = text.Split('\n', 4, StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 && lines.Take(Math.Min(2, lines.Length - 1)).All(line =>
            IsWhole(Encoding.UTF8.GetBytes(line.Trim()), limits)) ? FileFormat.JsonLines : null;
    }

    private static bool IsWhole(ReadOnlySpan<byte> content, ReadLimits limits)
    {
        try
        {
            var body = content.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? content[3..] : content;
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = limits.NestingMax });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A(?:\s*(?:<\?[^>]{0,500}\?>|<!--.*?-->))+", RegexOptions.Singleline, MatchTimeoutMs)]
    private static partial Regex XmlProlog();

    [GeneratedRegex(
        @"\A<(?:html|head|body|div|p|table|h1|h2|ul|ol|article|main|section|span|meta|title)[\s>]",
        RegexOptions.IgnoreCase,
        MatchTimeoutMs)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"\A<[A-Za-z_][\w:.-]*(?:\s[^<>]*)?/?>", RegexOptions.None, MatchTimeoutMs)]
    private static partial Regex XmlStart();
}
