namespace Terroir.Readers.Pdf;

/// <summary>A run of rows that a free strip cuts into two columns of running text.</summary>
/// <param name="Count">How many rows.</param>
/// <param name="Middle">The middle of the strip.</param>
internal sealed record PageColumns(int Count, double Middle)
{
    private const int LineCountMin = 3;
    private const int SeedRows = 3;
    private const double AlignedMax = 0.7;

    /// <summary>The same where one side holds figures: labels and figures of a table that takes several lines.
    /// </summary>
    private const double AlignedFiguresMax = 0.25;

    private const int LettersMin = 14;

    /// <summary>Looks for columns from a row on.</summary>
    public static PageColumns? Find(List<PageRow> rows, int start, PdfSheet sheet)
    {
        PageColumns? best = null;
        for (var seed = start; seed < Math.Min(rows.Count, start + SeedRows); seed++)
        {
            foreach (var (left, right) in GapsOf(rows[seed]))
            {
                if (Follow(rows, start, (left, right), sheet) is { } found && found.Count > (best?.Count ?? 0))
                {
                    best = found;
                }
            }
        }

        return best;
    }

    private static IEnumerable<(double Left, double Right)> GapsOf(PageRow row)
    {
        if (row.Line is not { } line)
        {
            yield break;
        }

        for (var index = 1; index < line.Words.Count; index++)
        {
            if (line.GapBefore(index) > MinGap(line.Size))
            {
                yield return (line.Words[index - 1].Right, line.Words[index].Left);
            }
        }
    }

    private static double MinGap(double size) => Math.Max(6, 0.85 * size);

    private static PageColumns? Follow(List<PageRow> rows, int start, (double Left, double Right) gap, PdfSheet sheet)
    {
        var (left, right) = gap;
        var end = start;
        for (; end < rows.Count; end++)
        {
            var (low, high) = Narrow(rows[end], left, right);
            if (high - low < MinGap(rows[end].Line?.Size ?? 8))
            {
                break;
            }

            if (end > start && IsCrossedByRule(rows[end - 1], rows[end], (low + high) / 2, sheet))
            {
                break;
            }

            (left, right) = (low, high);
        }

        var middle = (left + right) / 2;
        return IsColumns(rows.GetRange(start, end - start), middle, right - left, sheet)
            ? new PageColumns(end - start, middle)
            : null;
    }

    // A rule that goes on through the strip belongs to both sides: to a table, or between what is above and below.
    private static bool IsCrossedByRule(PageRow above, PageRow below, double middle, PdfSheet sheet)
    {
        var (high, low) = (above.Box.Bottom + 2, below.Box.Top - 2);
        var reach = 0.12 * sheet.Width;
        return sheet.Rules.Level.Any(rule => rule.At < high + 3 && rule.At > low - 3
            && rule.Start < middle - reach && rule.End > middle + reach
            && rule.At < above.Box.Top - 2 && rule.At > below.Box.Bottom + 2);
    }

    // What a row leaves free of a strip: the part with the strip's middle, or the wider one.
    private static (double Low, double High) Narrow(PageRow row, double left, double right)
    {
        var edges = row.Line is { } line ? line.Words.Select(word => (word.Left, word.Right))
            : [(row.Box.Left, row.Box.Right)];
        var best = (Low: left, High: left);
        var free = left;
        foreach (var (wordLeft, wordRight) in edges)
        {
            if (wordRight <= left || wordLeft >= right)
            {
                continue;
            }

            if (wordLeft - free > best.High - best.Low)
            {
                best = (free, wordLeft);
            }

            free = Math.Max(free, wordRight);
        }

        return right - free > best.High - best.Low ? (free, right) : best;
    }

    private static bool IsColumns(List<PageRow> run, double middle, double width, PdfSheet sheet)
    {
        var words = run.Where(row => row.Line is not null).SelectMany(row => row.Line!.Words).ToArray();
        var left = PdfLines.From([.. words.Where(word => word.MiddleX < middle)], sheet.Gap);
        var right = PdfLines.From([.. words.Where(word => word.MiddleX >= middle)], sheet.Gap);
        if (left.Count < LineCountMin || right.Count < LineCountMin)
        {
            return HasTableBeside(run, middle, left, right);
        }

        var (leftProse, rightProse) = (IsProse(left), IsProse(right));
        var aligned = Aligned(left, right);
        if (leftProse && rightProse)
        {
            return true;
        }

        if (leftProse || rightProse)
        {
            return aligned < (IsFigures(leftProse ? right : left) ? AlignedFiguresMax : AlignedMax);
        }

        var isTwoPages = width > 0.06 * sheet.Width
            && left.Average(line => line.LetterCount) > 12 && right.Average(line => line.LetterCount) > 12
            && left.Count >= 6 && right.Count >= 6;
        return aligned < 0.4 || (isTwoPages && aligned < AlignedMax);
    }

    private static bool HasTableBeside(List<PageRow> run, double middle, List<PdfLine> left, List<PdfLine> right)
    {
        var tables = run.Where(row => row.Table is not null).ToArray();
        return tables.Length > 0
            && ((Array.Exists(tables, table => table.Box.Left > middle) && left.Count >= LineCountMin && IsProse(left))
                || (Array.Exists(tables, table => table.Box.Right < middle) && right.Count >= LineCountMin
                    && IsProse(right)));
    }

    // Lines of running text fill their column and hold many letters. A side may still hold several columns: then
    // their pieces are looked at.
    private static bool IsProse(List<PdfLine> side)
    {
        var parts = side.SelectMany(line => line.Parts(1.2)).ToArray();
        var lines = parts.Length * 2 > side.Count * 3 ? parts : [.. side];
        var widths = lines.Select(line => line.Width).Order().ToArray();
        var letters = lines.Select(line => line.LetterCount).Order().ToArray();
        return widths[widths.Length / 2] > 0.7 * widths[widths.Length * 9 / 10]
            && letters[letters.Length / 2] >= LettersMin;
    }

    // Rows of figures: mostly digits, in several cells.
    private static bool IsFigures(List<PdfLine> side)
    {
        var letters = side.Sum(line => line.LetterCount);
        var digits = side.Sum(line => line.Text.Count(letter => char.IsDigit(letter) || letter is '.' or ',' or '%'));
        return digits * 2 > letters || side.Count(line => line.Parts(0.95).Count >= 3) * 2 > side.Count;
    }

    // How many lines of the shorter side stand beside a line of the other.
    private static double Aligned(List<PdfLine> left, List<PdfLine> right)
    {
        var (few, many) = left.Count < right.Count ? (left, right) : (right, left);
        return (double)few.Count(line => many.Exists(other =>
            Math.Abs(other.Baseline - line.Baseline) < 0.15 * line.Size)) / few.Count;
    }
}
