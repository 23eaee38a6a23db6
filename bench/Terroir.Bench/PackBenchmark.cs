using System.Diagnostics;
using Terroir.Catalog;
using Terroir.Storage;
using Terroir.Storage.Embedded;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does putting small blobs into packs store them durably at least ten times as fast as a file for
/// each, and read them back at no more than twice the time?</summary>
/// <remarks>Both go through the folder object store, which makes every object durable before it says so. The two are
/// measured in turns and the best time of each counts.</remarks>
internal static class PackBenchmark
{
    private const int RoundCount = 3;
    private const int BlobCount = 2_000;
    private const int BlobSizeBytes = 4_096;
    private const int Seed = 20261126;

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var (packed, loose) = (new BestTimes(), new BestTimes());
        for (var round = 0; round < RoundCount; round++)
        {
            using var folder = new WorkFolder();
            var blobs = Enumerable.Range(0, BlobCount).Select(_ => Draw(random)).ToArray();
            await MeasureAsync(StorePacksAsync, folder.In("packs"), blobs, packed, cancellationToken);
            await MeasureAsync(StoreLooseAsync, folder.In("loose"), blobs, loose, cancellationToken);
        }

        await WriteTableAsync(
            [$"{BlobCount} blobs of {BlobSizeBytes} bytes", "packs", "loose files", "ratio"],
            [
                ["durable puts a second", .. Row(packed.Put, loose.Put)],
                ["reads a second, in random order", .. Row(packed.Read, loose.Read)],
            ]);
    }

    private static string[] Row(TimeSpan packed, TimeSpan loose) =>
        [
            Number(BlobCount / packed.TotalSeconds, "0"),
            Number(BlobCount / loose.TotalSeconds, "0"),
            Number(loose / packed, "0.0"),
        ];

    private static async Task MeasureAsync(
        Func<IObjectStore, byte[][], CancellationToken, Task<IReadOnlyList<BlobRef>>> storeAsync,
        string folder,
        byte[][] blobs,
        BestTimes best,
        CancellationToken cancellationToken)
    {
        var store = new FolderObjectStore(folder, TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        var stored = await storeAsync(store, blobs, cancellationToken);
        best.KeepPut(Stopwatch.GetElapsedTime(started));
        var order = stored.ToArray();
        new Random(Seed).Shuffle(order);
        started = Stopwatch.GetTimestamp();
        foreach (var blob in order)
        {
            var key = BlobKey.ForContent(blob.Container);
            _ = await store.ReadAsync(key, blob.Offset, blob.Length, cancellationToken);
        }

        best.KeepRead(Stopwatch.GetElapsedTime(started));
    }

    private static async Task<IReadOnlyList<BlobRef>> StorePacksAsync(
        IObjectStore store,
        byte[][] blobs,
        CancellationToken cancellationToken)
    {
        var writer = new PackWriter();
        foreach (var blob in blobs)
        {
            writer.Add(SealedBlob.Plain(blob));
        }

        var (stored, packs) = writer.Close();
        foreach (var (content, hash) in packs)
        {
            await store.PutIfAbsentAsync(BlobKey.ForContent(hash), content, cancellationToken);
        }

        return stored;
    }

    private static async Task<IReadOnlyList<BlobRef>> StoreLooseAsync(
        IObjectStore store,
        byte[][] blobs,
        CancellationToken cancellationToken)
    {
        var stored = new List<BlobRef>();
        foreach (var blob in blobs)
        {
            var hash = ContentHash.Of(blob);
            await store.PutIfAbsentAsync(BlobKey.ForContent(hash), blob, cancellationToken);
            stored.Add(new BlobRef(hash, 0, blob.Length, hash));
        }

        return stored;
    }

    private static byte[] Draw(Random random)
    {
        var blob = new byte[BlobSizeBytes];
        random.NextBytes(blob);
        return blob;
    }

    private sealed class BestTimes
    {
        public TimeSpan Put { get; private set; } = TimeSpan.MaxValue;

        public TimeSpan Read { get; private set; } = TimeSpan.MaxValue;

        public void KeepPut(TimeSpan time) => Put = time < Put ? time : Put;

        public void KeepRead(TimeSpan time) => Read = time < Read ? time : Read;
    }
}
