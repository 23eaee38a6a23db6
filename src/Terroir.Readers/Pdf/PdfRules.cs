using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics;

namespace Terroir.Readers.Pdf;

/// <summary>The rules of a page: stroked lines, thin filled boxes and the edges of boxes.</summary>
/// <param name="Level">Level rules, from top to bottom.</param>
/// <param name="Upright">Upright rules, from left to right.</param>
internal sealed record PdfRules(IReadOnlyList<PdfRule> Level, IReadOnlyList<PdfRule> Upright)
{
    /// <summary>A page with more paths than this holds a drawing; its paths beyond are not looked at.</summary>
    private const int PathCountMax = 20_000;

    private const double PlaceMax = 100_000;
    private const double Thickness = 3;
    private const double Slant = 0.6;
    private const double LengthMin = 4;
    private const double Join = 3;

    public static PdfRules None { get; } = new([], []);

    public static PdfRules From(IReadOnlyList<PdfPath> paths, int turn, IEnumerable<PdfRule> typed)
    {
        var level = new List<PdfRule>(typed);
        var upright = new List<PdfRule>();
        foreach (var path in paths.Take(PathCountMax))
        {
            if (path.IsClipping || (!path.IsFilled && !path.IsStroked))
            {
                continue;
            }

            foreach (var part in path)
            {
                Add(part, path.IsStroked, turn, level, upright);
            }
        }

        return new PdfRules([.. Merge(level).OrderByDescending(rule => rule.At)], [.. Merge(upright)]);
    }

    private static void Add(PdfSubpath part, bool isStroked, int turn, List<PdfRule> level, List<PdfRule> upright)
    {
        if (part.GetBoundingRectangle() is not { } bounds)
        {
            return;
        }

        var (x1, y1) = Turned.Into(bounds.Left, bounds.Bottom, turn);
        var (x2, y2) = Turned.Into(bounds.Right, bounds.Top, turn);
        var (left, right) = (Math.Min(x1, x2), Math.Max(x1, x2));
        var (bottom, top) = (Math.Min(y1, y2), Math.Max(y1, y2));
        if (!(left > -PlaceMax && right < PlaceMax && bottom > -PlaceMax && top < PlaceMax))
        {
            return;
        }

        if (top - bottom < Thickness && right - left > Math.Max(LengthMin, 2 * (top - bottom)))
        {
            level.Add(new PdfRule((top + bottom) / 2, left, right));
        }
        else if (right - left < Thickness && top - bottom > Math.Max(LengthMin, 2 * (right - left)))
        {
            upright.Add(new PdfRule((left + right) / 2, bottom, top));
        }
        else if (isStroked)
        {
            AddLines(part, turn, level, upright);
        }
    }

    private static void AddLines(PdfSubpath part, int turn, List<PdfRule> level, List<PdfRule> upright)
    {
        PdfPoint? first = null;
        PdfPoint? last = null;
        foreach (var command in part.Commands)
        {
            switch (command)
            {
                case PdfSubpath.Move move:
                    first = last = move.Location;
                    break;
                case PdfSubpath.Line line:
                    AddLine(line.From, line.To, turn, level, upright);
                    last = line.To;
                    break;
                case PdfSubpath.BezierCurve curve:
                    last = curve.EndPoint;
                    break;
                case PdfSubpath.Close when first is { } from && last is { } to:
                    AddLine(to, from, turn, level, upright);
                    break;
            }
        }
    }

    private static void AddLine(PdfPoint from, PdfPoint to, int turn, List<PdfRule> level, List<PdfRule> upright)
    {
        var (x1, y1) = Turned.Into(from.X, from.Y, turn);
        var (x2, y2) = Turned.Into(to.X, to.Y, turn);
        if (Math.Abs(y1 - y2) < Slant && Math.Abs(x1 - x2) > LengthMin)
        {
            level.Add(new PdfRule((y1 + y2) / 2, Math.Min(x1, x2), Math.Max(x1, x2)));
        }
        else if (Math.Abs(x1 - x2) < Slant && Math.Abs(y1 - y2) > LengthMin)
        {
            upright.Add(new PdfRule((x1 + x2) / 2, Math.Min(y1, y2), Math.Max(y1, y2)));
        }
    }

    // Rules are drawn in pieces, and twice where cells meet.
    private static List<PdfRule> Merge(List<PdfRule> rules)
    {
        rules.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Start.CompareTo(b.Start));
        var merged = new List<PdfRule>();
        for (var start = 0; start < rules.Count;)
        {
            var end = start + 1;
            while (end < rules.Count && rules[end].At - rules[end - 1].At < 1.2 && rules[end].At - rules[start].At < 3)
            {
                end++;
            }

            var group = rules[start..end];
            group.Sort((a, b) => a.Start.CompareTo(b.Start));
            var at = group.Average(rule => rule.At);
            var open = group[0] with { At = at };
            foreach (var rule in group.Skip(1))
            {
                if (rule.Start <= open.End + Join)
                {
                    open = open with { End = Math.Max(open.End, rule.End) };
                }
                else
                {
                    merged.Add(open);
                    open = rule with { At = at };
                }
            }

            merged.Add(open);
            start = end;
        }

        return merged;
    }
}
