using System.Text.RegularExpressions;
using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Finds tables without rules: lines whose gaps stand one above the other.</summary>
internal static partial class SpacedTables
{
    /// <summary>A gap of this many letter sizes parts two cells of a row.</summary>
    private const double RowGap = 0.95;

    private const double PitchMax = 2.8;

    /// <summary>Cells with fewer letters on average are the labels of a drawing.</summary>
    private const double LettersMin = 1.8;


    /// <summary>A grid with a smaller share of filled places is a drawing with labels.</summary>
    private const double FilledMin = 0.4;

    private const double FilledMinOfTwoRows = 0.8;

    private const int PendingMax = 3;

    /// <summary>Whether a line holds two cells or more.</summary>
    public static bool IsRow(PdfLine line) => Gaps(line).Count > 0;

    /// <summary>Whether a line holds the dots of a table of contents, or the line of a form.</summary>
    public static bool HasLeader(string text) => Leaders().IsMatch(text);

    /// <summary>Looks for a table that begins at a line.</summary>
    public static FoundTable? Find(List<PdfLine> lines, int start, PdfSheet sheet)
    {
        // A head over several columns may stand above the first row.
        var seed = start;
        while (seed < lines.Count && seed < start + 3 && !IsRow(lines[seed]))
        {
            seed++;
        }

        if (seed >= lines.Count || !IsRow(lines[seed]))
        {
            return null;
        }

        var end = Follow(lines, seed);
        var rows = lines.GetRange(seed, end - seed);
        if (!IsTable(rows))
        {
            return null;
        }

        var first = seed;
        while (first > start && IsHead(lines[first - 1], lines[first], rows))
        {
            first--;
        }

        return first > start ? null : Read(lines.GetRange(start, end - start), sheet);
    }

    private static FoundTable? Read(List<PdfLine> rows, PdfSheet sheet)
    {
        var box = new PageBox(
            rows.Min(line => line.Left) - 2,
            rows[^1].Box.Bottom - 1,
            rows.Max(line => line.Right) + 2,
            rows.Max(line => line.Box.Top) + 1);
        var words = rows.SelectMany(line => line.Words)
            .Concat(sheet.Words.Where(word => word.IsTurned && word.IsIn(box)))
            .ToArray();
        var table = TableStructure.Read(words, sheet.Rules, box, sheet.Gap, sheet.IsRightToLeft);
        return table is not null && IsGrid(table) ? new FoundTable(rows.Count, table) : null;
    }

    // Labels about a drawing leave most places empty, or stand in columns of their own.
    private static bool IsGrid(PdfTable table)
    {
        if (table.ColumnCount < 2 || table.RowBoxes.Count < 2)
        {
            return false;
        }

        var isSmall = table.RowBoxes.Count == 2;
        var rows = table.Cells.GroupBy(cell => cell.Row).Count(row => row.Count() >= 2);
        var columns = table.Cells.Where(cell => cell.ColumnEnd == cell.Column)
            .GroupBy(cell => cell.Column)
            .Count(column => column.Count() >= 2);
        return table.FilledShare >= (isSmall ? FilledMinOfTwoRows : FilledMin)
            && (!isSmall || table.ColumnCount >= 3)
            && rows * 2 >= table.RowBoxes.Count
            && columns >= Math.Max(2, 0.6 * table.ColumnCount);
    }

    // Goes down from the first row as long as gaps go on, over a few lines that have none.
    private static int Follow(List<PdfLine> lines, int seed)
    {
        var gaps = Gaps(lines[seed]);
        var end = seed + 1;
        var pending = 0;
        for (var index = seed + 1; index < lines.Count; index++)
        {
            var (above, line) = (lines[index - 1], lines[index]);
            if (above.Baseline - line.Baseline > PitchMax * Math.Max(above.Size, line.Size))
            {
                break;
            }

            if (IsNextTable(lines, seed, index))
            {
                break;
            }

            var own = Gaps(line);
            if (own.Count > 0)
            {
                if (!own.Exists(gap => gaps.Exists(other => Overlap(gap, other) > 0)))
                {
                    break;
                }

                gaps = Merge(gaps, own);
                end = index + 1;
                pending = 0;
            }
            else if (IsInOneCell(line, gaps) && above.Baseline - line.Baseline < 1.5 * line.Size
                && line.Left > lines[seed].Left + line.Size && end == index)
            {
                end = index + 1;
            }
            else if (++pending > PendingMax || IsRunningText(line, lines, gaps))
            {
                break;
            }
        }

        return end;
    }

    // After a wider space, a head that does not stand at the left begins another table.
    public static bool IsNextTable(List<PdfLine> lines, int seed, int index)
    {
        if (index - seed < 4)
        {
            return false;
        }

        var least = Enumerable.Range(seed + 1, index - seed - 1)
            .Min(line => lines[line - 1].Baseline - lines[line].Baseline);
        return lines[index - 1].Baseline - lines[index].Baseline > 1.6 * least
            && lines[index].Left > lines[seed + 1].Left + (4 * lines[index].Size)
            && !lines[index].Text.Any(char.IsDigit);
    }

    private static bool IsTable(List<PdfLine> rows)
    {
        var cells = rows.Where(IsRow).Select(line => line.Parts(RowGap)).ToArray();
        if (cells.Length < 2 || cells.Length * 5 < rows.Count * 2)
        {
            return false;
        }

        var parts = cells.SelectMany(row => row).ToArray();
        var columns = cells.Select(row => row.Count).Order().ElementAt(cells.Length / 2);
        var short_ = parts.Count(part => part.LetterCount <= 28);
        var figures = parts.Count(part => part.Text.Count(char.IsDigit) * 2 >= part.LetterCount);
        var isEnough = columns >= 3 ? cells.Length >= 2 : cells.Length >= 3;
        return isEnough
            && (figures * 5 >= parts.Length || columns >= 3 || AreEntries(cells))
            && (short_ * 10 >= parts.Length * 6 || figures * 3 >= parts.Length)
            && parts.Sum(part => part.LetterCount) >= LettersMin * parts.Length
            && !Formulas.AreMostOf([.. parts.Select(part => part.Text)]);
    }

    // Rows of words begin with a capital, a digit or a sign; lines of a sentence mostly do not.
    private static bool AreEntries(List<PdfLine>[] rows) =>
        rows.Count(row => !char.IsLower(row[0].Text[0])) * 10 >= rows.Length * 6;

    private static bool IsHead(PdfLine line, PdfLine below, List<PdfLine> rows)
    {
        var left = rows.Min(row => row.Left);
        var right = rows.Max(row => row.Right);
        return !IsRow(line)
            && line.Baseline - below.Baseline < 1.7 * below.Size
            && Math.Abs(line.Size - below.Size) < 1.2
            && line.Left > left + (0.12 * (right - left))
            && line.Right < right + (2 * line.Size)
            && line.Width < 0.75 * (right - left)
            && !Caption().IsMatch(line.Text);
    }

    private static bool IsInOneCell(PdfLine line, List<(double Left, double Right)> gaps) =>
        !gaps.Exists(gap => line.Left < gap.Left - 2 && line.Right > gap.Right + 2);

    private static bool IsRunningText(PdfLine line, List<PdfLine> lines, List<(double Left, double Right)> gaps) =>
        line.LetterCount > 45
        && (!IsInOneCell(line, gaps)
            || line.Width > 0.8 * (lines.Max(other => other.Right) - lines.Min(other => other.Left)));

    private static List<(double Left, double Right)> Gaps(PdfLine line)
    {
        var gaps = new List<(double Left, double Right)>();
        var limit = RowGap * line.Size;
        for (var index = 1; index < line.Words.Count; index++)
        {
            if (TypedRules.IsLeader(line.Words[index].Text))
            {
                continue;
            }

            var before = index - 1;
            while (before > 0 && TypedRules.IsLeader(line.Words[before].Text))
            {
                before--;
            }

            if (line.Words[index].Left - line.Words[before].Right > limit
                && !(index == 1 && ListMarks.IsMark(line.Words[0].Text)))
            {
                gaps.Add((line.Words[before].Right, line.Words[index].Left));
            }
        }

        // A label, dots and a page number are a line of a table of contents.
        return gaps.Count is 1 or 2 && HasLeader(line.Text) ? [] : gaps;
    }

    // The strips that stay free in most rows so far: those of the rows before, narrowed, and new ones.
    private static List<(double Left, double Right)> Merge(
        List<(double Left, double Right)> gaps,
        List<(double Left, double Right)> own)
    {
        var merged = new List<(double Left, double Right)>();
        foreach (var gap in gaps)
        {
            var match = own.Find(other => Overlap(gap, other) > 0);
            merged.Add(match == default ? gap
                : (Math.Max(gap.Left, match.Left), Math.Min(gap.Right, match.Right)));
        }

        merged.AddRange(own.Where(gap => !merged.Exists(other => Overlap(gap, other) > 0)));
        return merged;
    }

    private static double Overlap((double Left, double Right) a, (double Left, double Right) b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);

    [GeneratedRegex(@"(?:\. ?){4,}|\.{4,}|…{2,}|_{6,}", RegexOptions.None, 1_000)]
    private static partial Regex Leaders();

    [GeneratedRegex(@"^(?:Table|Tableau|Tabelle|Tabla|Figure|Fig\.|Abb|Chart|Graph|Source)\b",
        RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Caption();
}
