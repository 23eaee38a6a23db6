using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Reads the rows, columns and merged cells of a region that holds a table.</summary>
internal static class TableStructure
{
    /// <summary>The table of a region, or <see langword="null"/> where no words stand in it.</summary>
    public static PdfTable? Read(
        IReadOnlyList<PdfWord> words,
        PdfRules rules,
        PageBox box,
        double gap,
        bool isRightToLeft = false)
    {
        var inner = words.Where(word => word.IsIn(box) && !TypedRules.IsLeader(word.Text)).ToArray();
        var lines = PdfLines.From(inner, gap, isRightToLeft);
        if (lines.Count == 0)
        {
            return null;
        }

        var parts = lines.ConvertAll(line => line.Parts(TableColumns.PartGap));
        var gaps = JoinSigns(TableColumns.Gaps(parts, rules, box), parts);
        var tableLines = lines.Select((line, index) => Place(line, parts[index], gaps)).ToList();
        var (starts, spans) = TableRows.Split(tableLines, rules, box);
        var grid = new TableGrid(tableLines, starts, gaps, rules, box);
        grid.Unite(spans);
        var cells = grid.Cells(isRightToLeft);
        cells.AddRange(TurnedCells(inner, grid));
        return new PdfTable(
            box,
            grid.RowBoxes(),
            gaps.Count + 1,
            [.. cells.OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)],
            HeaderRows(tableLines, starts));
    }

    // Signs of money and percent in a column of their own belong to the figures beside.
    private static List<ColumnGap> JoinSigns(List<ColumnGap> gaps, List<List<PdfLine>> lines)
    {
        for (var column = gaps.Count; column >= 0; column--)
        {
            var (left, right) = Bounds(gaps, column);
            var texts = lines.SelectMany(parts => parts)
                .Where(part => part.Left >= left - 1 && part.Right <= right + 1)
                .Select(part => part.Text)
                .ToArray();
            var signs = texts.Count(text => text is "$" or "€" or "£" or "$ $");
            var tails = texts.Count(text => text is "%" or ")" or "*" or "€" or "**");
            if (column < gaps.Count && signs > 0 && signs * 10 >= texts.Length * 8 && !gaps[column].IsRuled)
            {
                gaps.RemoveAt(column);
            }
            else if (column > 0 && tails > 0 && tails * 10 >= texts.Length * 8 && !gaps[column - 1].IsRuled)
            {
                gaps.RemoveAt(column - 1);
            }
        }

        return gaps;
    }

    private static (double Left, double Right) Bounds(List<ColumnGap> gaps, int column) => (
        column == 0 ? double.MinValue : gaps[column - 1].Middle,
        column == gaps.Count ? double.MaxValue : gaps[column].Middle);

    private static TableLine Place(PdfLine line, List<PdfLine> parts, List<ColumnGap> gaps)
    {
        var placed = new List<TablePart>();
        foreach (var part in parts.SelectMany(part => CutAtGaps(part, gaps)))
        {
            var column = gaps.Count(gap => gap.Middle < part.Left + Math.Min(2, part.Width / 2));
            var end = gaps.Count(gap => gap.Middle < part.Right - Math.Min(2, part.Width / 2));
            if (placed.Count > 0 && placed[^1].ColumnEnd >= column)
            {
                var before = placed[^1];
                var words = before.Line.Words.Concat(part.Words).ToArray();
                placed[^1] = new TablePart(
                    before.Column,
                    Math.Max(end, before.ColumnEnd),
                    new PdfLine(words, BidiOrder.IsMostlyRightToLeft(words.Select(word => word.Text))));
            }
            else
            {
                placed.Add(new TablePart(column, Math.Max(column, end), part));
            }
        }

        return new TableLine(line.Baseline, line.Size, WidenHeads(placed, gaps));
    }

    // Words that stand close may still belong to two cells: they are cut at a strip that is wider than a space.
    private static IEnumerable<PdfLine> CutAtGaps(PdfLine part, List<ColumnGap> gaps)
    {
        var start = 0;
        for (var index = 1; index < part.Words.Count; index++)
        {
            var (left, right) = (part.Words[index - 1].Right, part.Words[index].Left);
            var isCut = right - left > 0.4 * part.Size
                && gaps.Exists(gap => gap.Left < right && gap.Right > left
                    && Math.Min(gap.Right, right) - Math.Max(gap.Left, left) > 0.5 * Math.Min(right - left,
                        gap.Right - gap.Left));
            if (isCut || gaps.Exists(gap => gap.IsRuled && gap.Middle > left - 0.5 && gap.Middle < right + 0.5
                && right - left > 0.3 * part.Size))
            {
                yield return part.Slice(start, index);
                start = index;
            }
        }

        yield return start == 0 ? part : part.Slice(start, part.Words.Count);
    }

    // A head over several columns stands in their middle.
    private static List<TablePart> WidenHeads(List<TablePart> parts, List<ColumnGap> gaps)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            if (part.ColumnEnd == part.Column || part.Column == 0)
            {
                continue;
            }

            var low = index == 0 ? 0 : parts[index - 1].ColumnEnd + 1;
            var high = index == parts.Count - 1 ? gaps.Count : parts[index + 1].Column - 1;
            var best = (part.Column, part.ColumnEnd);
            var nearest = Offset(part, part.Column, part.ColumnEnd, gaps) - (0.3 * part.Line.Size);
            for (var from = Math.Max(1, low); from <= part.Column; from++)
            {
                for (var to = part.ColumnEnd; to <= high; to++)
                {
                    var offset = Offset(part, from, to, gaps);
                    if (offset < nearest)
                    {
                        (best, nearest) = ((from, to), offset);
                    }
                }
            }

            parts[index] = part with { Column = best.Column, ColumnEnd = best.ColumnEnd };
        }

        return parts;
    }

    private static double Offset(TablePart part, int from, int to, List<ColumnGap> gaps)
    {
        if (from == 0 || to == gaps.Count)
        {
            return from == part.Column && to == part.ColumnEnd ? 1_000 : double.MaxValue;
        }

        return Math.Abs(((gaps[from - 1].Right + gaps[to].Left) / 2) - ((part.Line.Left + part.Line.Right) / 2));
    }

    private static IEnumerable<PdfCell> TurnedCells(PdfWord[] words, TableGrid grid)
    {
        foreach (var cell in words.Where(word => word.IsTurned).GroupBy(word => grid.PlaceOf(word)))
        {
            yield return new PdfCell(
                cell.Key.Row,
                cell.Key.Column,
                cell.Key.Row,
                cell.Key.Column,
                string.Join(' ', cell.OrderBy(word => word.Left).Select(word => word.Text)));
        }
    }

    private static int HeaderRows(List<TableLine> lines, List<int> starts)
    {
        var first = lines.FindIndex(line => line.IsData && line.FilledCount > 1);
        if (first < 0)
        {
            return starts.Count > 1 ? 1 : 0;
        }

        return starts.Count(start => start < first) is var count && count < starts.Count ? Math.Min(count, 4) : 0;
    }
}
