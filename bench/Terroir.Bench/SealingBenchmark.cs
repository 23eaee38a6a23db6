using Terroir.Bench.Ingesting;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: what does sealing cost ingestion?</summary>
/// <remarks>The same files go into new sites that seal and that do not, in turns, each by the whole synchronisation;
/// the medians of the processor time count, of this process and of those that read files.</remarks>
internal static class SealingBenchmark
{
    private const int RoundCount = 5;

    private static readonly string[] Sets = ["scifact-en", "servicepublic-fr"];

    public static async Task RunAsync(string[] names, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (var name in names.Length > 0 ? names : Sets)
        {
            rows.Add(await CompareAsync(JudgedSet.Read(name), cancellationToken));
        }

        await WriteTableAsync(
            ["collection", "documents", "MB", "sealed: documents in a processor's second", "not sealed", "ratio"],
            rows);
    }

    private static async Task<string[]> CompareAsync(JudgedSet set, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var files = folder.In("files");
        var size = set.WriteFiles(files);
        var (with, without) = (new List<double>(), new List<double>());

        // The first round is for the runtime to get warm.
        for (var round = 0; round <= RoundCount; round++)
        {
            foreach (var (seals, rates) in new[] { (true, with), (false, without) })
            {
                var data = folder.In($"site-{round}-{seals}");
                var (_, used) = await SiteIngestion.RunAsync(
                    files,
                    set.Documents.Count,
                    data,
                    cancellationToken,
                    seals ? "" : "protection:\n  encryption: false\n");
                rates.Add(set.Documents.Count / used.TotalSeconds);
                Directory.Delete(data, recursive: true);
            }
        }

        var (on, off) = (Quantile(with.Skip(1), 0.5), Quantile(without.Skip(1), 0.5));
        return
        [
            set.Name,
            Number(set.Documents.Count, "0"),
            Number(size / 1e6, "0.0"),
            Number(on, "0"),
            Number(off, "0"),
            Number(on / off),
        ];
    }
}
