using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Deletes what the metastore says that nothing needs (I4).</summary>
internal sealed class GarbageCollection(CatalogStores stores)
{
    /// <summary>The lease of the one collector.</summary>
    internal const string LeaseName = "gc";

    /// <summary>How many objects are marked, deleted and forgotten at once.</summary>
    internal const int RoundCount = 1_000;

    /// <summary>How many are deleted between two looks at the clock.</summary>
    internal const int DeletionCount = 50;

    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ScratchAge = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<StoredObject>> RunAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        using var lease = await HeldLease.AcquireAsync(
            stores.Metastore.Leases,
            stores.TimeProvider,
            LeaseName,
            LeaseDuration,
            cancellationToken)
            ?? throw new LeaseHeldException(LeaseName);
        try
        {
            // Before anything is marked: what is marked cannot be restored, and a rebuild would wait for a collector
            // that refuses to go on.
            await stores.Manifests.ThrowIfAnyForkedAsync(cancellationToken);
            var deleted = new List<StoredObject>();
            while (await CollectRoundAsync(lease, grace, cancellationToken) is { Count: > 0 } round)
            {
                deleted.AddRange(round);
            }

            await stores.Objects.SweepAsync(ScratchAge, cancellationToken);
            return deleted;
        }
        finally
        {
            await lease.ReleaseAsync();
        }
    }

    private async Task<IReadOnlyList<StoredObject>> CollectRoundAsync(
        HeldLease lease,
        TimeSpan grace,
        CancellationToken cancellationToken)
    {
        await lease.KeepAsync(cancellationToken);
        var marked = await stores.Metastore.Garbage.MarkAsync(grace, RoundCount, lease.Fence, cancellationToken)
            ?? throw new LeaseLostException(LeaseName);
        if (marked.Count > 0)
        {
            // A generation that let an object go may exist in the metastore only. Were the metastore lost then, the
            // generation before it would come back and miss the object.
            await stores.Manifests.PutAllPendingAsync(cancellationToken);
        }

        foreach (var some in marked.Chunk(DeletionCount))
        {
            await lease.KeepAsync(cancellationToken);

            // The object store knows no fence. Once another collector may hold the lease, what was marked here may
            // have been deleted, forgotten and put again: then this deletion must not happen.
            lease.ThrowIfEnding();
            await stores.Objects.DeleteAsync(
                [.. some.Select(item => BlobKey.ForContent(item.Hash))],
                cancellationToken);
        }

        var hashes = marked.Select(item => item.Hash).ToArray();
        return marked.Count == 0
            || await stores.Metastore.Garbage.ConfirmAsync(hashes, lease.Fence, cancellationToken)
            ? marked
            : throw new LeaseLostException(LeaseName);
    }
}
