using System.Runtime.InteropServices;
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

    public static List<ColumnGap> Gaps(IReadOnlyList<List<PdfLine>> lines, PdfRules rules, PageBox box)
    {
        var gaps = new List<ColumnGap>();
        var spans = lines
            .SelectMany((parts, line) => parts.Select(part => new Span(part.Left, part.Right, line)))
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
    private static List<double> Walls(Span[] spans, PdfRules rules, PageBox box)
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
    private static void Split(Span[] spans, List<ColumnGap> gaps, List<double> walls, int depth)
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

    private static ColumnGap? FreestStrip(Span[] spans, List<double> walls)
    {
        if (spans.Length < 2)
        {
            return null;
        }

        var edges = spans.SelectMany(span => new[] { span.Left, span.Right }).Distinct().Order().ToArray();
        var lineCount = spans.Select(span => span.Line).Distinct().Count();
        ColumnGap? best = null;
        var bestScore = 0.0;
        for (var index = 0; index + 1 < edges.Length;)
        {
            var crossed = Crossed(spans, edges[index], edges[index + 1]);
            var end = index + 1;
            while (end + 1 < edges.Length && Crossed(spans, edges[end], edges[end + 1]) == crossed)
            {
                end++;
            }

            var (left, right) = (edges[index], edges[end]);
            index = end;
            if (crossed > CrossedMax * lineCount || right - left < 1)
            {
                continue;
            }

            var support = Support(spans, left, right);
            var isWalled = walls.Exists(wall => wall > left - 1 && wall < right + 1);
            var needed = crossed == 0 && lineCount <= 2 ? 1 : Math.Max(2, crossed + 1);
            if (support < needed && !(isWalled && support > 0))
            {
                // A column may have a word in lines of its own alone.
                var (before, after) = Sides(spans, left, right);
                if (crossed > 0 || Math.Min(before, after) < 2 || right - left < 12)
                {
                    continue;
                }
            }

            var score = support - (1.5 * crossed) + Math.Min(1, (right - left) / 100) + (isWalled ? 1 : 0);
            if (best is null || score > bestScore)
            {
                (best, bestScore) = (new ColumnGap(left, right, false), score);
            }
        }

        return best;
    }

    private static int Crossed(Span[] spans, double left, double right)
    {
        var middle = (left + right) / 2;
        return spans.Where(span => span.Left < middle && span.Right > middle)
            .Select(span => span.Line)
            .Distinct()
            .Count();
    }

    // The lines with text on both sides.
    private static int Support(Span[] spans, double left, double right)
    {
        var middle = (left + right) / 2;
        return spans.GroupBy(span => span.Line)
            .Count(line => line.Any(span => span.Right <= middle) && line.Any(span => span.Left >= middle));
    }

    private static (int Before, int After) Sides(Span[] spans, double left, double right)
    {
        var middle = (left + right) / 2;
        return (spans.Count(span => span.Right <= middle), spans.Count(span => span.Left >= middle));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Span(double Left, double Right, int Line)
    {
        public double Middle => (Left + Right) / 2;
    }
}
