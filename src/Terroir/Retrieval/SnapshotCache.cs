using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Opens collections and keeps those that were searched last.</summary>
/// <remarks>Safe to call from several threads. One snapshot is opened at a time: searches that arrive together after
/// a start wait for one opening and do not repeat it.</remarks>
internal sealed class SnapshotCache(ICatalog catalog, SnapshotFiles? files = null) : IDisposable
{
    /// <summary>How many open collections are kept.</summary>
    internal const int SnapshotCountMax = 64;

    private readonly BoundedCache<CollectionId, CollectionSnapshot> _snapshots = new(SnapshotCountMax, _ => 1);
    private readonly SnapshotFiles _files = files ?? SnapshotFiles.None;
    private readonly SemaphoreSlim _opening = new(1, 1);

    /// <summary>Opens a collection at its head or later.</summary>
    /// <returns>The snapshot, or <see langword="null"/> if the collection is gone.</returns>
    public async ValueTask<CollectionSnapshot?> OpenAsync(CollectionHead head, CancellationToken cancellationToken)
    {
        if (FindAtLeast(head) is { } ready)
        {
            return ready;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (FindAtLeast(head) is { } opened)
            {
                return opened;
            }

            var before = _snapshots.Find(head.Collection);
            var snapshot = await CollectionSnapshot.OpenAsync(
                catalog,
                _files,
                head.Collection,
                before,
                cancellationToken);
            if (snapshot is not null)
            {
                _snapshots.Keep(head.Collection, snapshot);
            }

            return snapshot;
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose() => _opening.Dispose();

    private CollectionSnapshot? FindAtLeast(CollectionHead head) =>
        _snapshots.Find(head.Collection) is { } snapshot && snapshot.Head.Generation >= head.Generation
            ? snapshot
            : null;
}
