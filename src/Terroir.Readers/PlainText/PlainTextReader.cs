using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Terroir.Documents;

namespace Terroir.Readers.PlainText;

/// <summary>Plain text: paragraphs between blank lines, with their lines and, where the file is UTF-8, their bytes.
/// A line between equal runs of equals signs is a heading, as wikis write them.</summary>
internal sealed partial class PlainTextReader : FormatReader
{
    private const int MarkLength = 3;

    private const int LevelMax = 6;

    public override string Name => "text";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.Decode(content.Span);
        TextBounds.Check(text.Length, limits);
        var hasMark = content.Span.StartsWith<byte>([0xEF, 0xBB, 0xBF]);
        return new ExtractedDocument
        {
            MediaType = "text/plain",
            Reader = Name,
            Blocks = Paragraphs(text, !Utf8.IsValid(content.Span) ? null : hasMark ? MarkLength : 0),
        };
    }

    /// <summary>Cuts text into paragraphs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="firstByte">Where it begins in a UTF-8 file; <see langword="null"/> if bytes tell nothing.</param>
    internal static IReadOnlyList<Block> Paragraphs(string text, int? firstByte = null)
    {
        var blocks = new List<Block>();
        var lines = new List<string>();
        long at = firstByte ?? 0, start = 0, end = 0;
        int first = 1, number = 0;
        foreach (var line in Lines(text))
        {
            number++;
            var length = firstByte is null ? 0 : Encoding.UTF8.GetByteCount(line);
            var shown = line.Trim();
            if (Heading().Match(shown) is { Success: true } heading
                && heading.Groups["open"].ValueSpan.SequenceEqual(heading.Groups["close"].ValueSpan))
            {
                Close();
                blocks.Add(new HeadingBlock(
                    Math.Min(LevelMax, heading.Groups["open"].ValueSpan.Count('=')),
                    heading.Groups["title"].Value,
                    new SourcePlace
                    {
                        Line = number,
                        Bytes = firstByte is null ? null : new ByteRange(at, at + length),
                    }));
            }
            else if (shown.Length > 0)
            {
                (first, start) = lines.Count == 0 ? (number, at) : (first, start);
                end = at + length;
                lines.Add(shown);
            }
            else
            {
                Close();
            }

            at += length;
        }

        Close();
        return blocks;

        void Close()
        {
            if (lines.Count > 0)
            {
                var bytes = firstByte is null ? null : new ByteRange(start, end);
                blocks.Add(new ParagraphBlock(
                    string.Join('\n', lines),
                    new SourcePlace { Line = first, Bytes = bytes }));
                lines.Clear();
            }
        }
    }

    // Each line with its end, so that lengths add up to the whole.
    private static IEnumerable<string> Lines(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.AsSpan(at).IndexOfAny('\n', '\r');
            var next = end < 0 ? text.Length : at + end + 1;
            next += end >= 0 && text[next - 1] is '\r' && next < text.Length && text[next] is '\n' ? 1 : 0;
            yield return text[at..next];
            at = next;
        }
    }

    [GeneratedRegex(
        @"^(?<open>=(?: ?=)*) ?(?<title>[^=\s](?:[^=]*[^=\s])?) ?(?<close>=(?: ?=)*)$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();
}
