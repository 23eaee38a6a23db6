using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Retention.Stores;

/// <summary>Deletes the objects that no generation needs any more, and waits for searches that still read
/// them.</summary>
internal sealed class StoredObjects(
    ICatalog catalog,
    ICatalogMaintenance maintenance,
    IMetastore metastore,
    IObjectStore objects,
    TimeProvider time) : IErasable
{
    /// <summary>How long is waited: the pin of a process that died ends after five minutes.</summary>
    internal static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(7);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Store => "objects";

    public ErasureStage Stage => ErasureStage.Delete;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var dead = await FindDeadAsync(await ListAsync(cancellationToken), cancellationToken);
        var count = dead.Count;
        while (dead.Count > 0)
        {
            await MovePinsAsync(target.Collections, cancellationToken);
            try
            {
                await maintenance.CollectGarbageAsync(TimeSpan.Zero, cancellationToken);
            }
            catch (LeaseHeldException)
            {
                // The server collects as well; what it leaves is looked at below.
            }

            dead = await FindDeadAsync(await FindThereAsync(dead, cancellationToken), cancellationToken);
            if (dead.Count > 0)
            {
                if (time.GetElapsedTime(start) > WaitMax)
                {
                    throw new ErasureIncompleteException(
                        Store,
                        $"{dead.Count} objects are still read by searches, a backup or a writer.");
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        await objects.SweepAsync(TimeSpan.FromHours(1), cancellationToken);
        return count;
    }

    // What this process itself keeps for its searches is let go once the newest generation takes its place.
    private async Task MovePinsAsync(IReadOnlyList<CollectionId> collections, CancellationToken cancellationToken)
    {
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (collections.Contains(head.Collection))
            {
                await catalog.ReadPinnedRecordsAsync(head.Collection, head.Generation, cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<ContentHash>> ListAsync(CancellationToken cancellationToken)
    {
        var hashes = new List<ContentHash>();
        await foreach (var info in objects.ListAsync("b/", null, cancellationToken))
        {
            hashes.Add(info.Key.Content);
        }

        return hashes;
    }

    private async Task<IReadOnlyList<ContentHash>> FindThereAsync(
        IReadOnlyList<ContentHash> hashes,
        CancellationToken cancellationToken)
    {
        var there = new List<ContentHash>();
        foreach (var hash in hashes)
        {
            if (await objects.HeadAsync(BlobKey.ForContent(hash), cancellationToken) is not null)
            {
                there.Add(hash);
            }
        }

        return there;
    }

    // What a writer brings meanwhile is live a moment later, so the heads are asked each time.
    private async Task<IReadOnlyList<ContentHash>> FindDeadAsync(
        IReadOnlyList<ContentHash> hashes,
        CancellationToken cancellationToken)
    {
        var live = new HashSet<ContentHash>();
        foreach (var head in await metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            var needed = await metastore.Catalog.ListObjectsAsync(head.Collection, cancellationToken);
            live.UnionWith(needed.Select(item => item.Hash));
        }

        return [.. hashes.Where(hash => !live.Contains(hash))];
    }
}
