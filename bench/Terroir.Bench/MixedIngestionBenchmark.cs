using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Bench.Ingesting;
using Terroir.Bench.Processes;
using Terroir.Server;
using Terroir.Storage;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does the first synchronisation of 10,000 mixed office files take in at least 40 files a second on
/// two cores, with at most 600 MB in the host?</summary>
/// <remarks>The command as a user runs it, from the start of the process to its report: listing, reading, preparing,
/// indexing and fsync. Recognition takes seconds for each of the few pages that need it, so that it is off unless
/// 'scans' is among the arguments: then the question is when the other files are durable.</remarks>
internal static class MixedIngestionBenchmark
{
    private const int CountDefault = 10_000;
    private const string Scans = "scans";

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var recognizes = arguments.Contains(Scans, StringComparer.Ordinal);
        var count = arguments.Where(argument => argument is not Scans)
            .Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))
            .FirstOrDefault(CountDefault);
        using var folder = new WorkFolder();
        var (files, site) = (folder.In("files"), folder.In("site"));
        var size = await MixedFiles.WriteAsync(files, count, cancellationToken);
        await ChildProcess.RunTerroirAsync(["init", "--data", site], cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(site, "terroir.yaml"),
            $"recognition:\n  enabled: {(recognizes ? "true" : "false")}\n",
            cancellationToken);
        await ChildProcess.RunTerroirAsync(["source", "add", "files", files, "--data", site], cancellationToken);
        var start = TimeProvider.System.GetUtcNow();
        var (sync, peak) = await PeakMemory.MeasureAsync(
            () => ChildProcess.RunTerroirAsync(["sync", "--json", "--data", site], cancellationToken),
            cancellationToken);
        var times = await ReadTimesAsync(site, cancellationToken);
        using var report = JsonDocument.Parse(sync.Output);
        var told = report.RootElement.GetProperty("reports")[0];
        await WriteTableAsync(
            [
                "files", "recognition", "MB", "documents", "in quarantine", "half durable after s", "90 % after s",
                "seconds", "files/s", "limit", "in a processor's second",
                "peak MB of the host", "limit", "peak MB of a reading process", "limit",
            ],
            [
                [
                    Number(count, "0"),
                    recognizes ? "on" : "off",
                    Number(size / 1e6, "0"),
                    $"{told.GetProperty("addedCount").GetInt32()}",
                    $"{told.GetProperty("quarantinedCount").GetInt32()}",
                    Number((times[times.Length / 2] - start).TotalSeconds, "0.0"),
                    Number((times[times.Length * 9 / 10] - start).TotalSeconds, "0.0"),
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

    // When each file was committed, but for what the disk takes.
    private static async Task<DateTimeOffset[]> ReadTimesAsync(string folder, CancellationToken cancellationToken)
    {
        await using var site = Site.Open(folder);
        var sources = site.Services.GetRequiredService<IMetastore>().Sources;
        var items = await sources.ListItemsAsync("files", cancellationToken);
        return [.. items.Select(item => item.TriedAt).Order()];
    }
}
