namespace Terroir.Readers.Pdf;

/// <summary>A table cut into upright strips at every edge of its parts: how many parts cross each, and how many lines
/// have parts on both sides. Counted in one sweep.</summary>
internal sealed class TableStrips
{
    private readonly double[] _edges;
    private readonly int[] _crossed;
    private readonly int[] _supported;

    private TableStrips(double[] edges, int[] crossed, int[] supported, int lineCount) =>
        (_edges, _crossed, _supported, LineCount) = (edges, crossed, supported, lineCount);

    /// <summary>How many strips.</summary>
    public int Count => _edges.Length - 1;

    /// <summary>How many lines have parts.</summary>
    public int LineCount { get; }

    public static TableStrips Of(TableSpan[] spans)
    {
        var edges = spans.SelectMany(span => new[] { span.Left, span.Right }).Distinct().Order().ToArray();
        var crossed = new int[edges.Length + 1];
        foreach (var span in spans)
        {
            crossed[Array.BinarySearch(edges, span.Left)]++;
            crossed[Array.BinarySearch(edges, span.Right)]--;
        }

        var supported = new int[edges.Length + 1];
        var lines = spans.GroupBy(span => span.Line).ToArray();
        foreach (var line in lines)
        {
            var (from, to) = (line.Min(span => span.Right), line.Max(span => span.Left));
            if (from < to)
            {
                supported[Array.BinarySearch(edges, from)]++;
                supported[Array.BinarySearch(edges, to)]--;
            }
        }

        for (var index = 1; index < edges.Length; index++)
        {
            crossed[index] += crossed[index - 1];
            supported[index] += supported[index - 1];
        }

        return new TableStrips(edges, crossed, supported, lines.Length);
    }

    /// <summary>The left edge of a strip; that after the last is the right edge of all.</summary>
    public double Edge(int index) => _edges[index];

    /// <summary>How many parts cross a strip.</summary>
    public int Crossed(int index) => _crossed[index];

    /// <summary>How many lines have parts on both sides of a strip.</summary>
    public int Support(int index) => _supported[index];

    /// <summary>The strip at a place.</summary>
    public int At(double x)
    {
        var index = Array.BinarySearch(_edges, x);
        return Math.Clamp(index >= 0 ? index : ~index - 1, 0, Count - 1);
    }
}
