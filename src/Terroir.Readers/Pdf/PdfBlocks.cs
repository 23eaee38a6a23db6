using System.Globalization;
using System.Text.RegularExpressions;
using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Builds blocks from lines: tables before paragraphs, since paragraphs tear tables.</summary>
internal static partial class PdfBlocks
{
    private const double HeadingRatio = 1.12;
    private const double ParagraphGap = 1.75;
    private const double ColumnTolerance = 12;

    public static IReadOnlyList<Block> From(IReadOnlyList<PdfPage> pages)
    {
        var running = FindRunningHeads(pages);
        var lines = pages
            .SelectMany(page => page.Lines.Where(line => !IsMargin(page, line) || !running.Contains(Shape(line.Text))))
            .ToArray();
        var sizes = lines.GroupBy(line => Math.Round(line.Size, 1))
            .OrderByDescending(group => group.Sum(line => line.Text.Length))
            .Select(group => group.Key)
            .ToArray();
        var body = sizes.FirstOrDefault();
        var headings = sizes.Where(size => size > body * HeadingRatio).OrderDescending().Take(5).ToArray();
        return Build(lines, headings);
    }

    private static List<Block> Build(PdfLine[] lines, double[] headings)
    {
        var blocks = new List<Block>();
        var index = 0;
        while (index < lines.Length)
        {
            var line = lines[index];
            var level = Array.IndexOf(headings, Math.Round(line.Size, 1)) + 1;
            var count = 1;
            if (level > 0)
            {
                blocks.Add(new HeadingBlock(level, line.Text, Place(line, line)));
            }
            else if ((count = TableLength(lines, index)) > 0)
            {
                blocks.Add(Table(lines[index..(index + count)]));
            }
            else
            {
                count = ParagraphLength(lines, index, headings);
                blocks.Add(Paragraph(lines[index..(index + count)]));
            }

            index += count;
        }

        return blocks;
    }

    // Rows of a table have two cells or more; a wrapped row's further lines start at one of its columns.
    private static int TableLength(PdfLine[] lines, int start)
    {
        var head = lines[start];
        if (head.Cells.Count < 2)
        {
            return 0;
        }

        var count = 1;
        while (start + count < lines.Length
            && lines[start + count].Page == head.Page
            && Math.Abs(lines[start + count].Size - head.Size) < 0.6
            && lines[start + count].Cells.All(cell => ColumnOf(head, cell.Left) >= 0))
        {
            count++;
        }

        return count >= 2 && lines[start..(start + count)].Count(line => line.Cells.Count >= 2) >= 2 ? count : 0;
    }

    private static TableBlock Table(PdfLine[] lines)
    {
        var head = lines[0];
        var rows = new List<(string[] Cells, PdfLine Line)>();
        foreach (var line in lines)
        {
            // A line that leaves the first column empty goes on with the row above.
            var isContinued = rows.Count > 0
                && (ColumnOf(head, line.Cells[0].Left) > 0 || (line.Cells.Count == 1 && head.Cells.Count > 2));
            var cells = isContinued ? rows[^1].Cells : Enumerable.Repeat("", head.Cells.Count).ToArray();
            foreach (var (left, text) in line.Cells)
            {
                var column = ColumnOf(head, left);
                cells[column] = $"{cells[column]} {text}".Trim();
            }

            if (!isContinued)
            {
                rows.Add((cells, line));
            }
        }

        return new TableBlock(
            [.. rows.Select(row => new TableRow(row.Cells, Place(row.Line, row.Line)))],
            1,
            Place(lines[0], lines[^1]));
    }

    private static int ColumnOf(PdfLine head, double left)
    {
        for (var column = 0; column < head.Cells.Count; column++)
        {
            if (Math.Abs(head.Cells[column].Left - left) < ColumnTolerance)
            {
                return column;
            }
        }

        return -1;
    }

    private static int ParagraphLength(PdfLine[] lines, int start, double[] headings)
    {
        var count = 1;
        while (start + count < lines.Length)
        {
            var before = lines[start + count - 1];
            var line = lines[start + count];
            var step = before.Box.Bottom - line.Box.Bottom;
            var isNext = line.Page == before.Page
                && step < ParagraphGap * line.Size
                && Math.Abs(line.Size - before.Size) < 0.6
                && Array.IndexOf(headings, Math.Round(line.Size, 1)) < 0
                && !ListMark().IsMatch(line.Text)
                && TableLength(lines, start + count) == 0;
            if (!isNext)
            {
                break;
            }

            count++;
        }

        return count;
    }

    private static Block Paragraph(PdfLine[] lines)
    {
        var text = lines[0].Text;
        foreach (var line in lines.Skip(1))
        {
            var isBroken = text.Length > 1 && text[^1] == '-' && char.IsLetter(text[^2]) && char.IsLower(line.Text[0]);
            text = isBroken ? text[..^1] + line.Text : $"{text} {line.Text}";
        }

        var mark = ListMark().Match(text);
        var place = Place(lines[0], lines[^1]);
        if (!mark.Success)
        {
            return new ParagraphBlock(text, place);
        }

        int? number = int.TryParse(mark.Groups["number"].Value, CultureInfo.InvariantCulture, out var value) ? value
            : null;
        return new ListItemBlock(0, number, text[mark.Length..].Trim(), place);
    }

    private static SourcePlace Place(PdfLine first, PdfLine last) => new()
    {
        Page = first.Page,
        Box = new PageBox(
            Math.Min(first.Box.Left, last.Box.Left),
            last.Box.Bottom,
            Math.Max(first.Box.Right, last.Box.Right),
            first.Box.Top),
    };

    private static HashSet<string> FindRunningHeads(IReadOnlyList<PdfPage> pages) =>
        pages.SelectMany(page => page.Lines.Where(line => IsMargin(page, line)).Select(line => Shape(line.Text))
                .Distinct(StringComparer.Ordinal))
            .GroupBy(shape => shape, StringComparer.Ordinal)
            .Where(group => group.Count() > pages.Count / 2)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);

    private static bool IsMargin(PdfPage page, PdfLine line) =>
        line.Box.Bottom > page.Height * 0.93 || line.Box.Top < page.Height * 0.07;

    private static string Shape(string text) => Digits().Replace(text, "#");

    [GeneratedRegex(@"^(?:[•‣▪–·●]|(?<number>\d{1,2})[.)])\s+", RegexOptions.None, 1_000)]
    private static partial Regex ListMark();

    [GeneratedRegex(@"\d+", RegexOptions.None, 1_000)]
    private static partial Regex Digits();
}
