using System.Globalization;
using System.Text.Json;
using Terroir.Bench.Processes;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Scaling;

/// <summary>Question: does a site of 1,000,000 passages open within 2 s, answer with p50 at most 15 ms and p99 at most
/// 60 ms at one thread with permissions, and hold at most 1.2 GB beside mapped files; how does that grow; and do
/// queries take at most a quarter longer while documents come in?</summary>
/// <remarks>The sites are built once into <c>--folder</c> and used again; each is measured in a process of its own.
/// A query is a whole search of ten hits: the newest generation is looked up, the passages are read and marked. Who
/// asks is in 12 groups of 8,000, one of ten in 5,000. The files are in the system's cache.</remarks>
internal static class ScaleMeasures
{
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments is ["measure", var folder])
        {
            var figures = await ScaleRun.MeasureAsync(folder, cancellationToken);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
            return;
        }

        var root = JsonLines.Option(arguments, "--folder") ?? Path.Combine(Path.GetTempPath(), "terroir-scale");
        var only = JsonLines.Option(arguments, "--passages");
        var lines = JsonLines.Of(arguments);
        var runs = new List<ScaleFigures>();
        foreach (var size in Sizes.Where(size => only is null || size <= int.Parse(only, CultureInfo.InvariantCulture)))
        {
            var site = Path.Combine(root, $"{size}");
            await new SyntheticSite().BuildAsync(site, size, cancellationToken);
            using var copy = await SiteCopy.OfAsync(site, cancellationToken);
            var run = await ChildProcess.RunAsync(
                "dotnet",
                [typeof(ScaleMeasures).Assembly.Location, "scale", "measure", copy.Path],
                cancellationToken);
            var json = run.Output.Split('\n').Single(line => line.StartsWith('{'));
            runs.Add(JsonSerializer.Deserialize<ScaleFigures>(json, JsonSerializerOptions.Web)! with
            {
                PassageCount = size,
            });
            await lines.WriteAsync(
                new { engine = "terroir", work = "scale", setting = $"{size} passages", figures = runs[^1] },
                cancellationToken);
        }

        await WriteTableAsync(
            [
                "passages", "segments MB", "first open s", "CPU s", "open s", "CPU s", "held MB", "mapped MB",
                "p50 ms", "p99 ms", "CPU ms", "rank k=100 CPU ms", "p50 ms, idle turns", "p50 ms, ingesting",
                "ratio", "documents/s",
            ],
            runs.Select(run => (IReadOnlyList<string>)
            [
                $"{run.PassageCount}", Number(run.SegmentBytes / 1e6, "0.0"), Number(run.FirstOpenSeconds),
                Number(run.FirstOpenCpuSeconds), Number(run.OpenSeconds), Number(run.OpenCpuSeconds),
                Number(run.HeldBytes / 1e6, "0"), Number(run.MappedBytes / 1e6, "0"), Number(run.MedianMs),
                Number(run.TailMs), Number(run.CpuMs), Number(run.RankCpuMs), Number(run.IdleMedianMs),
                Number(run.BusyMedianMs), Number(run.BusyMedianMs / run.IdleMedianMs),
                Number(run.DocumentsPerSecond, "0"),
            ]));
        await WriteGrowthAsync(runs);
    }

    // The exponent of n: the slope of a line through the points on paper with logarithmic axes.
    private static async Task WriteGrowthAsync(List<ScaleFigures> runs)
    {
        if (runs.Count < 2)
        {
            return;
        }

        (string Name, Func<ScaleFigures, double> Of)[] series =
        [
            ("open", run => run.OpenSeconds), ("held", run => run.HeldBytes), ("p50", run => run.MedianMs),
            ("p99", run => run.TailMs), ("CPU", run => run.CpuMs), ("segments", run => run.SegmentBytes),
        ];
        await WriteTableAsync(
            ["grows with the passages to the power of", "", "from 100,000 to 1,000,000"],
            series.Select(item => (IReadOnlyList<string>)
                [item.Name, Number(Slope(runs, item.Of)), Number(Slope([.. runs.TakeLast(2)], item.Of))]));
    }

    private static double Slope(IReadOnlyList<ScaleFigures> runs, Func<ScaleFigures, double> of)
    {
        var points = runs.Select(run => (X: Math.Log(run.PassageCount), Y: Math.Log(of(run)))).ToArray();
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}

/// <summary>What was measured on one site.</summary>
internal sealed record ScaleFigures
{
    public int PassageCount { get; init; }

    public int DocumentCount { get; init; }

    public long SegmentBytes { get; init; }

    /// <summary>From opening the site to the end of the first search, when nothing is kept of an earlier opening.
    /// </summary>
    public double FirstOpenSeconds { get; init; }

    public double FirstOpenCpuSeconds { get; init; }

    /// <summary>The same by what an earlier opening kept.</summary>
    public double OpenSeconds { get; init; }

    public double OpenCpuSeconds { get; init; }

    /// <summary>Anonymous memory of the process: all but mapped files.</summary>
    public long HeldBytes { get; init; }

    public long MappedBytes { get; init; }

    public double MedianMs { get; init; }

    public double TailMs { get; init; }

    public double CpuMs { get; init; }

    public double RankCpuMs { get; init; }

    public double IdleMedianMs { get; init; }

    public double BusyMedianMs { get; init; }

    public double BusyTailMs { get; init; }

    public double DocumentsPerSecond { get; init; }
}
