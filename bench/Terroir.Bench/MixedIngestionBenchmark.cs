using System.Globalization;
using System.Text.Json;
using Terroir.Bench.Ingesting;
using Terroir.Bench.Processes;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does the first synchronisation of 10,000 mixed office files take in at least 40 files a second on
/// two cores, with at most 600 MB in the host?</summary>
/// <remarks>The command as a user runs it, from the start of the process to its report: listing, reading, preparing,
/// indexing and fsync. Recognition is off: it takes seconds for each of the few pages that need it, and is measured by
/// itself.</remarks>
internal static class MixedIngestionBenchmark
{
    private const int CountDefault = 10_000;

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : CountDefault;
        using var folder = new WorkFolder();
        var (files, site) = (folder.In("files"), folder.In("site"));
        var size = await MixedFiles.WriteAsync(files, count, cancellationToken);
        await ChildProcess.RunTerroirAsync(["init", "--data", site], cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(site, "terroir.yaml"),
            "recognition:\n  enabled: false\n",
            cancellationToken);
        await ChildProcess.RunTerroirAsync(["source", "add", "files", files, "--data", site], cancellationToken);
        var (sync, peak) = await PeakMemory.MeasureAsync(
            () => ChildProcess.RunTerroirAsync(["sync", "--json", "--data", site], cancellationToken),
            cancellationToken);
        using var report = JsonDocument.Parse(sync.Output);
        var told = report.RootElement.GetProperty("reports")[0];
        await WriteTableAsync(
            [
                "files", "MB", "documents", "in quarantine", "seconds", "files/s", "limit", "in a processor's second",
                "peak MB of the host", "limit", "peak MB of a reading process", "limit",
            ],
            [
                [
                    Number(count, "0"),
                    Number(size / 1e6, "0"),
                    $"{told.GetProperty("addedCount").GetInt32()}",
                    $"{told.GetProperty("quarantinedCount").GetInt32()}",
                    Number(sync.Elapsed.TotalSeconds, "0.0"),
                    Number(count / sync.Elapsed.TotalSeconds, "0.0"),
                    "40",
                    Number(count / sync.Used.TotalSeconds, "0.0"),
                    Number(peak.Host, "0"),
                    "600",
                    Number(peak.Reader, "0"),
                    "300",
                ],
            ]);
    }
}
