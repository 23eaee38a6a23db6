using Terroir.Bench.Searching;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does a search under a permission bitmap rank at least as well as Lucene's IndexSearcher with a
/// filter, and take at most twice its time?</summary>
/// <remarks>Ours is the whole search: the newest generation is looked up, ten passages are read from the store and
/// their words marked. The peer's is ids and stored text of a fixed index. Both are asked in turns.</remarks>
internal static class SearchBenchmark
{
    private static readonly string[] Sets = ["scifact-en", "servicepublic-fr"];

    private static readonly (string Name, int Parts)[] Shares =
        [("unfiltered", 0), ("100 %", 1), ("10 %", 10), ("1 %", 100)];

    public static async Task RunAsync(string[] names, CancellationToken cancellationToken)
    {
        var builds = new List<string[]>();
        var searches = new List<string[]>();
        foreach (var name in names.Length > 0 ? names : Sets)
        {
            var set = JudgedSet.Read(name);
            using var folder = new WorkFolder();
            await WarmUpAsync(set, cancellationToken);
            await using var ours = await EngineIndex.BuildAsync(set, folder.In("site"), cancellationToken);
            using var peer = new LuceneIndex(set, folder.In("lucene"));
            builds.Add([
                name,
                Number(ours.BuildTime.TotalSeconds),
                Number(peer.BuildTime.TotalSeconds),
                Number(ours.BuildTime / peer.BuildTime),
            ]);
            foreach (var share in Shares)
            {
                searches.Add([name, .. await CompareAsync(set, share, ours, peer, cancellationToken)]);
            }
        }

        await WriteTableAsync(["collection", "durable build s", "Lucene s", "ratio"], builds);
        await WriteTableAsync(
            [
                "collection", "may read", "nDCG@10", "Lucene", "p50 ms", "Lucene", "ratio", "p99 ms", "Lucene", "ratio",
            ],
            searches);
    }

    private static async Task WarmUpAsync(JudgedSet set, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var ours = await EngineIndex.BuildAsync(set, folder.In("site"), cancellationToken);
        using var peer = new LuceneIndex(set, folder.In("lucene"));
        _ = await new SearchComparison(set, 1).MeasureTimesAsync([ours, peer], cancellationToken);
    }

    private static async Task<string[]> CompareAsync(
        JudgedSet set,
        (string Name, int Parts) share,
        EngineIndex ours,
        LuceneIndex peer,
        CancellationToken cancellationToken)
    {
        var comparison = new SearchComparison(set, share.Parts);
        var (ourQuality, peerQuality) = (
            await comparison.MeasureQualityAsync(ours, cancellationToken),
            await comparison.MeasureQualityAsync(peer, cancellationToken));
        var times = await comparison.MeasureTimesAsync([ours, peer], cancellationToken);
        var row = new List<string> { share.Name, Number(ourQuality, "0.0000"), Number(peerQuality, "0.0000") };
        foreach (var quantile in new[] { 0.5, 0.99 })
        {
            var (our, other) = (Quantile(times[0], quantile), Quantile(times[1], quantile));
            row.AddRange([Number(our), Number(other), Number(our / other)]);
        }

        return [.. row];
    }
}
