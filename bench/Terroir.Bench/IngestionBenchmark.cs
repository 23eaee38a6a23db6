using Terroir.Bench.Ingesting;
using Terroir.Bench.Processes;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does the engine make at least 1,000 documents of a text set durable and searchable in a second,
/// and at least five times as many as one fsync'd file and one transaction for each document?</summary>
/// <remarks>All read the same files and write to the same disk, one after the other, three times in turns; the best
/// time of each counts. Documents in a second of one processor tell the same of a machine that is busy, since the
/// engine works on all processors. The process has ingested another collection before. <c>cp -r</c> with <c>sync</c>
/// is shown beside them: what the disk can do for a program that reads, prepares and indexes nothing.</remarks>
internal static class IngestionBenchmark
{
    private const int RoundCount = 3;

    /// <summary>The naive peer takes this many of the documents: it is slow, and its pace does not change.</summary>
    private const int NaiveCount = 500;

    private static readonly string[] Sets = ["scifact-en", "servicepublic-fr"];

    public static async Task RunAsync(string[] names, CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        var rows = new List<string[]>();
        foreach (var name in names.Length > 0 ? names : Sets)
        {
            rows.Add(await CompareAsync(JudgedSet.Read(name), cancellationToken));
        }

        await WriteTableAsync(
            [
                "collection", "documents", "MB", "documents/s", "in a processor's second",
                "fsync and transaction each", "ratio", "cp -r and sync", "ratio",
            ],
            rows);
    }

    private static async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var set = JudgedSet.Read("cnil-faq-fr");
        using var folder = new WorkFolder();
        set.WriteFiles(folder.In("files"));
        await SiteIngestion.RunAsync(folder.In("files"), set.Documents.Count, folder.In("site"), cancellationToken);
    }

    private static async Task<string[]> CompareAsync(JudgedSet set, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var files = folder.In("files");
        var size = set.WriteFiles(files);
        var some = Directory.GetFiles(files, "*.md")[..NaiveCount];
        var best = new double[4];
        for (var round = 0; round < RoundCount; round++)
        {
            var ours = await SiteIngestion.RunAsync(
                files,
                set.Documents.Count,
                folder.In($"site-{round}"),
                cancellationToken);
            var naive = await NaiveIngestion.RunAsync(some, folder.In($"naive-{round}"), cancellationToken);
            var copy = await CopyAsync(files, folder.In($"copy-{round}"), cancellationToken);
            Keep(0, set.Documents.Count / ours.Elapsed.TotalSeconds);
            Keep(3, set.Documents.Count / ours.Used.TotalSeconds);
            Keep(1, some.Length / naive.TotalSeconds);
            Keep(2, set.Documents.Count / copy.TotalSeconds);
        }

        return
        [
            set.Name,
            Number(set.Documents.Count, "0"),
            Number(size / 1e6, "0.0"),
            Number(best[0], "0"),
            Number(best[3], "0"),
            Number(best[1], "0"),
            Number(best[0] / best[1], "0.0"),
            Number(best[2], "0"),
            Number(best[0] / best[2]),
        ];

        void Keep(int which, double value) => best[which] = Math.Max(best[which], value);
    }

    private static async Task<TimeSpan> CopyAsync(string files, string to, CancellationToken cancellationToken)
    {
        var copy = await ChildProcess.RunAsync("cp", ["-r", files, to], cancellationToken);
        var flush = await ChildProcess.RunAsync("sync", ["--file-system", to], cancellationToken);
        return copy.Elapsed + flush.Elapsed;
    }
}
