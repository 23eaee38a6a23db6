using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Finds the columns of a table: upright rules, and strips that few lines cross.</summary>
internal static class TableColumns
{
    /// <summary>Words nearer than this share of the letter size belong to one cell.</summary>
    public const double PartGap = 0.62;

    /// <summary>A strip may be crossed by this share of the lines of its columns, such as headers of several columns.
    /// </summary>
    private const double CrossedMax = 0.34;

    private const int DepthMax = 40;

    /// <summary>A free strip of this width parts columns that share no line, in points.</summary>
    private const double FreeWidthMin = 12;

    public static List<ColumnGap> Gaps(IReadOnlyList<List<PdfLine>> lines, PdfRules rules, PageBox box)
    {
        var gaps = new List<ColumnGap>();
        var spans = lines
            .SelectMany((parts, line) => parts.Select(part => new TableSpan(part.Left, part.Right, line)))
            .OrderBy(span => span.Left)
            .ToArray();
        var walls = Walls(spans, rules, box);
        if (spans.Length > 0)
        {
            Split(spans, gaps, walls, 0);
        }

        foreach (var wall in walls)
        {
            var index = gaps.FindIndex(gap => wall >= gap.Left - 1 && wall <= gap.Right + 1);
            if (index >= 0)
            {
                gaps[index] = gaps[index] with { IsRuled = true };
            }
            else
            {
                gaps.Add(new ColumnGap(wall - 0.5, wall + 0.5, true));
            }
        }

        gaps.Sort((a, b) => a.Left.CompareTo(b.Left));
        return gaps;
    }

    // Upright rules that go through a good part of the table, with text on both sides.
    private static List<double> Walls(TableSpan[] spans, PdfRules rules, PageBox box)
    {
        var height = box.Top - box.Bottom;
        var walls = new List<double>();
        foreach (var group in rules.Upright
            .Where(rule => rule.At > box.Left + 2 && rule.At < box.Right - 2 && rule.Cover(box.Bottom, box.Top) > 4)
            .GroupBy(rule => Math.Round(rule.At / 3)))
        {
            var at = group.Average(rule => rule.At);
            var isLong = group.Sum(rule => rule.Cover(box.Bottom, box.Top)) > 0.3 * height;
            if (isLong
                && Array.Exists(spans, span => span.Middle < at)
                && Array.Exists(spans, span => span.Middle > at)
                && (walls.Count == 0 || at - walls[^1] > 4))
            {
                walls.Add(at);
            }
        }

        return walls;
    }

    // Cuts a column at its freest strip, then each side again.
    private static void Split(TableSpan[] spans, List<ColumnGap> gaps, List<double> walls, int depth)
    {
        if (depth > DepthMax || FreestStrip(spans, walls) is not { } gap)
        {
            return;
        }

        gaps.Add(gap);
        var middle = gap.Middle;
        Split([.. spans.Where(span => span.Right <= middle)], gaps, walls, depth + 1);
        Split([.. spans.Where(span => span.Left >= middle)], gaps, walls, depth + 1);
    }

    private static ColumnGap? FreestStrip(TableSpan[] spans, List<double> walls)
    {
        if (spans.Length < 2)
        {
            return null;
        }

        var strips = TableStrips.Of(spans);
        ColumnGap? best = null;
        var bestScore = 0.0;
        for (var index = 0; index < strips.Count;)
        {
            var crossed = strips.Crossed(index);
            var end = index + 1;
            while (end < strips.Count && strips.Crossed(end) == crossed)
            {
                end++;
            }

            var strip = (Left: strips.Edge(index), Right: strips.Edge(end));
            var middle = strips.At((strip.Left + strip.Right) / 2);
            index = end;
            if (crossed > CrossedMax * strips.LineCount || strip.Right - strip.Left < 1)
            {
                continue;
            }

            var support = strips.Support(middle);
            var isWalled = walls.Exists(wall => wall > strip.Left - 1 && wall < strip.Right + 1);
            var needed = crossed == 0 && strips.LineCount <= 2 ? 1 : Math.Max(2, crossed + 1);
            var isEnough = support >= needed || (isWalled && support > 0);
            if (!isEnough && !IsWideAndFree(spans, strip, crossed))
            {
                continue;
            }

            var score = support - (1.5 * crossed) + Math.Min(1, (strip.Right - strip.Left) / 100) + (isWalled ? 1 : 0);
            if (best is null || score > bestScore)
            {
                (best, bestScore) = (new ColumnGap(strip.Left, strip.Right, false), score);
            }
        }

        return best;
    }

    // A column may have a word in lines of its own alone.
    private static bool IsWideAndFree(TableSpan[] spans, (double Left, double Right) strip, int crossed)
    {
        var middle = (strip.Left + strip.Right) / 2;
        return crossed == 0
            && strip.Right - strip.Left >= FreeWidthMin
            && spans.Count(span => span.Right <= middle) >= 2
            && spans.Count(span => span.Left >= middle) >= 2;
    }
}
