using System.Globalization;
using System.Text;
using Terroir.Documents;

namespace Terroir.Ingestion.Text;

/// <summary>A document as Markdown: UTF-8 in form NFC, with the place of every block and table row.</summary>
/// <remarks>The rules are a contract: docs/formats/canonical-text.md.</remarks>
/// <param name="Bytes">The text.</param>
/// <param name="Spans">Its pieces in order.</param>
internal sealed record CanonicalText(byte[] Bytes, IReadOnlyList<TextSpan> Spans)
{
    public static CanonicalText From(IReadOnlyList<Block> blocks)
    {
        using var text = new MemoryStream();
        var spans = new List<TextSpan>();
        foreach (var block in blocks)
        {
            foreach (var piece in Render(block))
            {
                if (spans.Count > 0)
                {
                    text.Write(Separator(spans[^1], piece.Kind, block));
                }

                var start = (int)text.Length;
                text.Write(Encoding.UTF8.GetBytes(piece.Text));
                spans.Add(new TextSpan(start, (int)text.Length, piece.Kind, piece.Level, piece.Place, block));
            }
        }

        return new CanonicalText(text.ToArray(), spans);
    }

    private static ReadOnlySpan<byte> Separator(TextSpan last, SpanKind kind, Block block) =>
        (kind == SpanKind.Item && last.Kind == SpanKind.Item)
        || (kind == SpanKind.Row && ReferenceEquals(last.Block, block))
            ? "\n"u8
            : "\n\n"u8;

    private static IEnumerable<(string Text, SpanKind Kind, int Level, SourcePlace Place)> Render(Block block)
    {
        var text = VisibleText.Clean(TextOf(block)).Trim(block is CodeBlock ? '\n' : ' ').Trim('\n');
        switch (block)
        {
            case TableBlock table:
                return TableText.Render(table);
            case PageBreakBlock:
            case not TableBlock when string.IsNullOrWhiteSpace(text):
                return [];
            case HeadingBlock heading:
                var title = $"{new string('#', heading.Level)} {OneLine(text)}";
                return [(title, SpanKind.Heading, heading.Level, heading.Place)];
            case ListItemBlock item:
                var mark = item.Number is { } number ? $"{number.ToString(CultureInfo.InvariantCulture)}." : "-";
                var line = $"{new string(' ', item.Depth * 2)}{mark} {OneLine(text)}";
                return [(line, SpanKind.Item, item.Depth, item.Place)];
            case CodeBlock:
                var fence = FenceFor(text);
                return [($"{fence}\n{text}\n{fence}", SpanKind.Text, 0, block.Place)];
            default:
                return [(text, SpanKind.Text, 0, block.Place)];
        }
    }

    private static string TextOf(Block block) => block switch
    {
        HeadingBlock heading => heading.Text,
        ParagraphBlock paragraph => paragraph.Text,
        ListItemBlock item => item.Text,
        CodeBlock code => code.Text,
        CaptionBlock caption => caption.Text,
        _ => "",
    };

    private static string OneLine(string text) => text.Replace('\n', ' ').Trim();

    private static string FenceFor(string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
        {
            fence += '`';
        }

        return fence;
    }
}

/// <summary>A piece of canonical text.</summary>
internal sealed record TextSpan(int Start, int End, SpanKind Kind, int Level, SourcePlace Place, Block Block);

/// <summary>What a piece is.</summary>
internal enum SpanKind
{
    Text,
    Heading,
    Item,
    Row,
}
