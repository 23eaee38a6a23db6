using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Finds tables by their rules: lattices, and level rules of one width with rows of cells between.</summary>
internal static class RuledTables
{
    /// <summary>A page with more rules than this holds a drawing.</summary>
    private const int RuleCountMax = 3_000;

    /// <summary>Bounds of the search on one page.</summary>
    private const int TableCountMax = 100;

    private const int LookCountMax = 2_000;

    /// <summary>The head of a next table has no more lines than this above its rule.</summary>
    private const int HeadLinesMax = 3;

    private const double Touch = 3;
    private const double EdgeSlack = 8;
    private const double LevelLengthMin = 60;

    /// <summary>A grid with fewer cells for its places is a drawing with labels.</summary>
    private const double FilledMin = 0.25;

    public static List<PdfTable> Find(PdfSheet sheet)
    {
        var found = new List<PdfTable>();
        if (sheet.Rules.Level.Count + sheet.Rules.Upright.Count > RuleCountMax)
        {
            return found;
        }

        foreach (var box in Lattices(sheet.Rules).Concat(Ladders(sheet)).Take(TableCountMax))
        {
            if (found.Exists(table => Overlaps(table.Box, box)))
            {
                continue;
            }

            var grown = Grow(box, sheet);
            var table = TableStructure.Read(sheet.Words, sheet.Rules, grown, sheet.Gap, sheet.IsRightToLeft);
            if (table is not null && TableTrim.Box(table) is { } trimmed)
            {
                table = TableStructure.Read(sheet.Words, sheet.Rules, trimmed, sheet.Gap, sheet.IsRightToLeft);
            }

            if (table is not null && IsTable(table, sheet))
            {
                found.RemoveAll(other => Overlaps(other.Box, table.Box));
                found.Add(table);
            }
        }

        return found;
    }

    // Rules that touch one another make a lattice.
    private static IEnumerable<PageBox> Lattices(PdfRules rules)
    {
        var owner = Enumerable.Range(0, rules.Level.Count + rules.Upright.Count).ToArray();
        for (var level = 0; level < rules.Level.Count; level++)
        {
            var flat = rules.Level[level];
            for (var upright = 0; upright < rules.Upright.Count; upright++)
            {
                var tall = rules.Upright[upright];
                if (tall.At > flat.Start - Touch && tall.At < flat.End + Touch
                    && flat.At > tall.Start - Touch && flat.At < tall.End + Touch)
                {
                    owner[Root(owner, rules.Level.Count + upright)] = Root(owner, level);
                }
            }
        }

        var groups = Enumerable.Range(0, owner.Length).GroupBy(index => Root(owner, index));
        foreach (var group in groups.OrderByDescending(group => group.Count()))
        {
            var flats = group.Where(index => index < rules.Level.Count).Select(index => rules.Level[index]).ToArray();
            var talls = group.Where(index => index >= rules.Level.Count)
                .Select(index => rules.Upright[index - rules.Level.Count])
                .ToArray();
            var columns = talls.Select(rule => Math.Round(rule.At / 4)).Distinct().Count();
            var rows = flats.Select(rule => Math.Round(rule.At / 4)).Distinct().Count();
            if (columns >= 1 && rows >= 2 && columns + rows >= 5)
            {
                yield return new PageBox(
                    Math.Min(talls.Min(rule => rule.At), flats.Min(rule => rule.Start)),
                    Math.Min(talls.Min(rule => rule.Start), flats.Min(rule => rule.At)),
                    Math.Max(talls.Max(rule => rule.At), flats.Max(rule => rule.End)),
                    Math.Max(talls.Max(rule => rule.End), flats.Max(rule => rule.At)));
            }
        }
    }

    private static int Root(int[] owner, int index)
    {
        while (owner[index] != index)
        {
            owner[index] = owner[owner[index]];
            index = owner[index];
        }

        return index;
    }

    // Level rules of one width, one above the other, with rows of cells between them.
    private static IEnumerable<PageBox> Ladders(PdfSheet sheet)
    {
        var rules = Joined(sheet.Rules.Level).Where(rule => rule.Length > LevelLengthMin).ToArray();
        var used = new bool[rules.Length];
        var looks = 0;
        for (var first = 0; first < rules.Length && looks < LookCountMax; first++)
        {
            if (used[first])
            {
                continue;
            }

            var last = first;
            var rowCount = 0;
            for (var next = first + 1; next < rules.Length && looks < LookCountMax; next++)
            {
                var isAlike = Math.Abs(rules[next].Start - rules[first].Start) < EdgeSlack
                    && Math.Abs(rules[next].End - rules[first].End) < EdgeSlack;
                if (!isAlike)
                {
                    continue;
                }

                looks++;
                var between = Between(sheet, rules[last], rules[next]);
                var cells = between.Count(line => SpacedTables.IsRow(line));
                var isText = between.Count > 0 && cells * 3 < between.Count && !(between.Count <= 3 && last == first);
                var head = Math.Max(0, between.Count - HeadLinesMax);
                if (isText || Enumerable.Range(head, between.Count - head)
                    .Any(row => SpacedTables.IsNextTable(between, 0, row)))
                {
                    break;
                }

                rowCount += cells;
                used[next] = true;
                last = next;
            }

            if (last > first && rowCount >= 2)
            {
                yield return new PageBox(rules[first].Start, rules[last].At, rules[first].End, rules[first].At);
            }
        }
    }

    // A rule under each column counts as one rule.
    private static List<PdfRule> Joined(IReadOnlyList<PdfRule> level)
    {
        var joined = new List<PdfRule>();
        foreach (var rule in level)
        {
            if (joined.Count > 0
                && Math.Abs(joined[^1].At - rule.At) < 1.5
                && rule.Start - joined[^1].End is > -2 and < 30)
            {
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, rule.End) };
            }
            else
            {
                joined.Add(rule);
            }
        }

        return joined;
    }

    private static List<PdfLine> Between(PdfSheet sheet, PdfRule high, PdfRule low)
    {
        var box = new PageBox(high.Start - 4, low.At, high.End + 4, high.At);
        return PdfLines.From([.. sheet.Words.Where(word => word.IsIn(box))], sheet.Gap, sheet.IsRightToLeft);
    }

    // Rows above the first rule or below the last belong to the table where they hold cells and stand close.
    private static PageBox Grow(PageBox box, PdfSheet sheet)
    {
        var strip = new PageBox(box.Left - 4, sheet.Frame.Bottom, box.Right + 4, sheet.Frame.Top);
        var lines = PdfLines.From([.. sheet.Words.Where(word => word.IsIn(strip))], sheet.Gap, sheet.IsRightToLeft);
        var inner = lines.Where(line => line.Baseline > box.Bottom && line.Baseline < box.Top).ToArray();
        var (bottom, top) = (box.Bottom, box.Top);
        foreach (var line in lines.Where(line => line.Baseline >= box.Top).Reverse())
        {
            var isHead = SpacedTables.IsRow(line) || IsUnderRule(line, box, sheet);
            if (!isHead || line.Box.Bottom - top > 1.2 * line.Size)
            {
                break;
            }

            top = line.Box.Top + 1;
        }

        var last = inner.LastOrDefault();
        foreach (var line in lines.Where(line => line.Baseline <= box.Bottom))
        {
            var isClose = bottom - line.Box.Top < 1.0 * line.Size;
            if (!SpacedTables.IsRow(line) || !isClose || last is null || Math.Abs(last.Size - line.Size) > 0.6)
            {
                break;
            }

            bottom = line.Box.Bottom - 1;
        }

        return new PageBox(box.Left - 3, bottom - 2, box.Right + 3, top + 2);
    }

    // A head over several columns, with a rule of its own above.
    private static bool IsUnderRule(PdfLine line, PageBox box, PdfSheet sheet) => sheet.Rules.Level.Any(rule =>
        rule.At > line.Box.Top - 2 && rule.At < line.Box.Top + line.Size
        && rule.Start > box.Left - EdgeSlack && rule.End < box.Right + EdgeSlack
        && rule.Start < line.Left + 2 && rule.End > line.Right - 2);

    private static bool HasWalls(PageBox box, PdfSheet sheet) => sheet.Rules.Upright.Any(rule =>
        rule.At > box.Left + EdgeSlack && rule.At < box.Right - EdgeSlack
        && rule.Cover(box.Bottom, box.Top) > 0.3 * (box.Top - box.Bottom));

    private static bool IsTable(PdfTable table, PdfSheet sheet)
    {
        var rows = table.Cells.GroupBy(cell => cell.Row).Count(row => row.Count() >= 2);
        var columns = table.Cells.GroupBy(cell => cell.Column).Count(column => column.Count() >= 2);
        var long_ = table.Cells.Count(cell => cell.Text.Length > 400);
        var isWholePage = table.Box.Top - table.Box.Bottom > 0.9 * sheet.Height && long_ > 0;
        return table.ColumnCount >= 2
            && rows >= 2
            && columns >= 2
            && table.Cells.Count >= FilledMin * table.ColumnCount * table.RowBoxes.Count
            && !isWholePage
            && (rows * 2 >= table.RowBoxes.Count || HasWalls(table.Box, sheet))
            && !Formulas.AreMostOf([.. table.Cells.Select(cell => cell.Text)]);
    }

    private static bool Overlaps(PageBox a, PageBox b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > 4
        && Math.Min(a.Top, b.Top) - Math.Max(a.Bottom, b.Bottom) > 4;
}
