using System.Globalization;
using System.Text;
using Terroir.Documents;

namespace Terroir.Ingestion.Text;

/// <summary>A document as Markdown: UTF-8 in form NFC, with the place of every block and table row.</summary>
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
            var isList = block is ListItemBlock && spans.LastOrDefault()?.Kind == SpanKind.Item;
            if (spans.Count > 0)
            {
                text.Write(isList ? "\n"u8 : "\n\n"u8);
            }

            foreach (var piece in Render(block))
            {
                if (piece.Kind == SpanKind.Row && spans.LastOrDefault() is { } last
                    && ReferenceEquals(last.Block, block))
                {
                    text.WriteByte((byte)'\n');
                }

                var start = (int)text.Length;
                text.Write(Encoding.UTF8.GetBytes(piece.Text));
                spans.Add(new TextSpan(start, (int)text.Length, piece.Kind, piece.Level, piece.Place, block));
            }
        }

        return new CanonicalText(text.ToArray(), spans);
    }

    private static IEnumerable<(string Text, SpanKind Kind, int Level, SourcePlace Place)> Render(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                var title = Clean(heading.Text).ReplaceLineEndings(" ");
                yield return ($"{new string('#', heading.Level)} {title}", SpanKind.Heading, heading.Level,
                    heading.Place);
                break;
            case ParagraphBlock paragraph:
                yield return (Clean(paragraph.Text), SpanKind.Text, 0, paragraph.Place);
                break;
            case ListItemBlock item:
                var mark = item.Number is { } number ? $"{number.ToString(CultureInfo.InvariantCulture)}." : "-";
                yield return (
                    $"{new string(' ', item.Depth * 2)}{mark} {Clean(item.Text).ReplaceLineEndings(" ")}",
                    SpanKind.Item,
                    item.Depth,
                    item.Place);
                break;
            case CodeBlock code:
                yield return ($"```\n{Clean(code.Text)}\n```", SpanKind.Text, 0, code.Place);
                break;
            case TableBlock table:
                foreach (var row in RenderTable(table))
                {
                    yield return row;
                }

                break;
        }
    }

    private static IEnumerable<(string Text, SpanKind Kind, int Level, SourcePlace Place)> RenderTable(TableBlock table)
    {
        var width = table.Rows.Max(row => row.Cells.Count);
        for (var index = 0; index < table.Rows.Count; index++)
        {
            var row = table.Rows[index];
            var cells = Enumerable.Range(0, width)
                .Select(column => column < row.Cells.Count ? Clean(row.Cells[column]).ReplaceLineEndings(" ") : "")
                .Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal));
            var line = $"| {string.Join(" | ", cells)} |";
            var rule = index == 0 ? "\n|" + string.Concat(Enumerable.Repeat("---|", width)) : "";
            yield return (line + rule, SpanKind.Row, index < table.HeaderRowCount ? 1 : 0, row.Place);
        }
    }

    // Invisible characters hide text from people and not from a model; they go. Odd spaces become plain ones.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\n')
            {
                clean.Append('\n');
            }
            else if (category is UnicodeCategory.SpaceSeparator || rune.Value is '\t')
            {
                clean.Append(' ');
            }
            else if (category is not UnicodeCategory.Control and not UnicodeCategory.Format
                and not UnicodeCategory.LineSeparator and not UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
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
