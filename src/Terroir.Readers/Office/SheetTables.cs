using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>Cuts a sheet into its tables: at empty rows, and at empty columns between parts that are tables of their
/// own.</summary>
internal static class SheetTables
{
    private const int CutMax = 64;
    private const int GroupMax = 16;

    public static IEnumerable<Block> From(SheetCells sheet, string name)
    {
        if (sheet.Rows.Count == 0)
        {
            return [];
        }

        var covered = Covered(sheet);
        var all = new SheetRange(
            sheet.Rows.Keys.First(),
            sheet.Rows.Values.Min(row => row.Keys.First()),
            sheet.Rows.Keys.Last(),
            sheet.Rows.Values.Max(row => row.Keys.Last()));
        var regions = Join(Cut(sheet, covered, all, CutMax), sheet);
        return regions.SelectMany(region => Blocks(sheet, region, name));
    }

    // Which columns a merged range fills in the rows below and beside its first cell.
    private static Dictionary<int, List<SheetRange>> Covered(SheetCells sheet)
    {
        var covered = new Dictionary<int, List<SheetRange>>();
        foreach (var merge in sheet.Merges.Where(merge => sheet.Rows.TryGetValue(merge.Top, out var row)
            && row.ContainsKey(merge.Left)))
        {
            for (var row = merge.Top; row <= Math.Min(merge.Bottom, merge.Top + TableGrid.ColumnMax); row++)
            {
                (covered.TryGetValue(row, out var list) ? list : covered[row] = []).Add(merge);
            }
        }

        return covered;
    }

    private static IEnumerable<SheetRange> Cut(
        SheetCells sheet,
        Dictionary<int, List<SheetRange>> covered,
        SheetRange range,
        int depth)
    {
        var parts = Bands(sheet, covered, range);
        if (parts.Count == 1)
        {
            parts = Columns(sheet, covered, parts[0]);
        }

        return parts.Count == 1 || depth == 0
            ? parts
            : parts.SelectMany(part => Cut(sheet, covered, part, depth - 1));
    }

    private static List<SheetRange> Bands(
        SheetCells sheet,
        Dictionary<int, List<SheetRange>> covered,
        SheetRange range)
    {
        var bands = new List<SheetRange>();
        var rows = sheet.Rows.Keys.Concat(covered.Keys).Where(row => row >= range.Top && row <= range.Bottom)
            .Distinct().Order();
        foreach (var row in rows)
        {
            if (Extent(sheet, covered, row, range) is not { } extent)
            {
                continue;
            }

            if (bands.Count > 0 && bands[^1].Bottom >= row - 1)
            {
                bands[^1] = bands[^1] with
                {
                    Bottom = row,
                    Left = Math.Min(bands[^1].Left, extent.Left),
                    Right = Math.Max(bands[^1].Right, extent.Right),
                };
            }
            else
            {
                bands.Add(new SheetRange(row, extent.Left, row, extent.Right));
            }
        }

        return bands;
    }

    private static (int Left, int Right)? Extent(
        SheetCells sheet,
        Dictionary<int, List<SheetRange>> covered,
        int row,
        SheetRange range)
    {
        var left = int.MaxValue;
        var right = -1;
        foreach (var column in sheet.Rows.GetValueOrDefault(row)?.Keys.AsEnumerable() ?? [])
        {
            if (column >= range.Left && column <= range.Right)
            {
                left = Math.Min(left, column);
                right = Math.Max(right, column);
            }
        }

        foreach (var merge in covered.GetValueOrDefault(row) ?? [])
        {
            if (merge.Left >= range.Left && merge.Left <= range.Right)
            {
                left = Math.Min(left, merge.Left);
                right = Math.Max(right, Math.Min(merge.Right, range.Right));
            }
        }

        return right < 0 ? null : (left, right);
    }

    // A part beside another counts as a table of its own from two columns and two rows on; spacing within a form
    // does not.
    private static List<SheetRange> Columns(
        SheetCells sheet,
        Dictionary<int, List<SheetRange>> covered,
        SheetRange range)
    {
        var filled = new SortedSet<int>();
        for (var row = range.Top; row <= range.Bottom; row++)
        {
            filled.UnionWith((sheet.Rows.GetValueOrDefault(row)?.Keys.AsEnumerable() ?? [])
                .Where(column => column >= range.Left && column <= range.Right));
            foreach (var merge in covered.GetValueOrDefault(row) ?? [])
            {
                filled.UnionWith(Enumerable.Range(merge.Left, Math.Min(merge.Right - merge.Left + 1,
                    TableGrid.ColumnMax)));
            }
        }

        var groups = new List<SheetRange>();
        foreach (var column in filled)
        {
            if (groups.Count > 0 && groups[^1].Right == column - 1)
            {
                groups[^1] = groups[^1] with { Right = column };
            }
            else
            {
                groups.Add(range with { Left = column, Right = column });
            }
        }

        var isApart = groups.Count is > 1 and <= GroupMax && groups.TrueForAll(group => group.Right > group.Left
            && Enumerable.Range(group.Top, group.Bottom - group.Top + 1)
                .Count(row => Extent(sheet, covered, row, group) is not null) > 1);
        return isApart ? groups : [range];
    }

    // A table with an empty line inside stays one: the part below has the same columns and begins with values.
    private static List<SheetRange> Join(IEnumerable<SheetRange> regions, SheetCells sheet)
    {
        var joined = new List<SheetRange>();
        foreach (var region in regions)
        {
            var isMore = joined.Count > 0 && joined[^1] is var last
                && region.Top > last.Bottom && last.Bottom > last.Top
                && region.Left >= last.Left && region.Right <= last.Right && region.Right > region.Left
                && Enumerable.Range(region.Left, region.Right - region.Left + 1)
                    .Any(column => sheet.Values.Contains((region.Top, column)));
            if (isMore)
            {
                joined[^1] = joined[^1] with { Bottom = region.Bottom };
            }
            else
            {
                joined.Add(region);
            }
        }

        return joined;
    }

    private static IEnumerable<Block> Blocks(SheetCells sheet, SheetRange range, string name)
    {
        var columns = Used(sheet, range);
        var merges = sheet.Merges.Where(merge => merge.Top >= range.Top && merge.Top <= range.Bottom)
            .ToLookup(merge => merge.Top);
        var rows = new List<TableRow>();
        for (var row = range.Top; row <= range.Bottom; row++)
        {
            if (sheet.Rows.GetValueOrDefault(row) is not { } cells)
            {
                continue;
            }

            var line = new TableRow(
                [.. columns.Select(column => cells.GetValueOrDefault(column) ?? "")],
                new SourcePlace { Sheet = name, Cells = (range with { Top = row, Bottom = row }).ToString() })
            {
                Spans = [.. Spans(merges[row], columns)],
            };
            if (rows.Count == 0 && IsTitle(line, columns.Count, row == range.Bottom))
            {
                yield return new ParagraphBlock(line.Cells.First(text => text.Length > 0), line.Place);
            }
            else if (line.Cells.Any(text => text.Length > 0))
            {
                rows.Add(line);
            }
        }

        if (rows.Count > 0)
        {
            yield return new TableBlock(
                rows,
                rows.Count == 1 ? 0 : rows.Count > 2 && rows[0].Spans.Any(span => span.ColumnCount > 1) ? 2 : 1,
                new SourcePlace { Sheet = name, Cells = range.ToString() });
        }
    }

    // One text over the whole width, or alone above at least three columns, names the table.
    private static bool IsTitle(TableRow row, int columnCount, bool isLast) =>
        row.Cells.Count(text => text.Length > 0) == 1
        && (isLast || columnCount >= 3 || row.Spans.Any(span => span.ColumnCount > 1));

    // Columns that are empty all the way down are spacing.
    private static List<int> Used(SheetCells sheet, SheetRange range)
    {
        var used = new SortedSet<int>();
        for (var row = range.Top; row <= range.Bottom; row++)
        {
            used.UnionWith((sheet.Rows.GetValueOrDefault(row)?.Keys.AsEnumerable() ?? [])
                .Where(column => column >= range.Left && column <= range.Right));
        }

        return [.. used.Take(TableGrid.ColumnMax)];
    }

    private static IEnumerable<CellSpan> Spans(IEnumerable<SheetRange> merges, List<int> columns)
    {
        foreach (var merge in merges)
        {
            var first = columns.IndexOf(merge.Left);
            var count = columns.Count(column => column >= merge.Left && column <= merge.Right);
            if (first >= 0 && (count > 1 || merge.Bottom > merge.Top))
            {
                yield return new CellSpan(first, count, merge.Bottom - merge.Top + 1);
            }
        }
    }
}
