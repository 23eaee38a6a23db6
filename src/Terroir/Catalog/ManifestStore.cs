using Microsoft.Extensions.Logging;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Puts committed manifests under their names, and stops when a name holds another history.</summary>
internal sealed partial class ManifestStore(
    IObjectStore objects,
    IMetastore metastore,
    SiteIdentity site,
    ILogger logger)
{
    /// <summary>Puts every committed manifest of a collection that may be missing, oldest first, so that the chain in
    /// the object store has no gap.</summary>
    /// <exception cref="ManifestForkException">Another history is in the object store.</exception>
    public async Task PutPendingAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        foreach (var pending in await metastore.Catalog.ListPendingManifestsAsync(cancellationToken))
        {
            if (pending.Collection == collection)
            {
                await PutAsync(pending, cancellationToken);
            }
        }
    }

    /// <summary>Puts the missing manifests of every collection.</summary>
    /// <exception cref="ManifestForkException">Another history is in the object store.</exception>
    public async Task PutAllPendingAsync(CancellationToken cancellationToken)
    {
        foreach (var pending in await metastore.Catalog.ListPendingManifestsAsync(cancellationToken))
        {
            await PutAsync(pending, cancellationToken);
        }
    }

    /// <summary>Makes sure that the generation after a head is free.</summary>
    /// <remarks>A metastore that was put back from an old copy would count the same numbers again. The manifests in
    /// the object store tell.</remarks>
    /// <exception cref="ManifestForkException">It is taken, and the metastore does not know.</exception>
    public async Task ThrowIfForkedAsync(CollectionHead head, CancellationToken cancellationToken)
    {
        var key = BlobKey.ForManifest(site.Id, head.Collection, head.Generation + 1);
        if (await objects.HeadAsync(key, cancellationToken) is null)
        {
            return;
        }

        // Another writer may have published since the head was read: that is no fork.
        var current = await metastore.Catalog.ReadHeadAsync(head.Collection, cancellationToken);
        if (current?.Generation == head.Generation)
        {
            throw Fork(head.Collection, head.Generation + 1);
        }
    }

    private async Task PutAsync(PendingManifest pending, CancellationToken cancellationToken)
    {
        var key = BlobKey.ForManifest(site.Id, pending.Collection, pending.Generation);
        if (await objects.PutIfAbsentAsync(key, pending.Manifest, cancellationToken) == PutOutcome.AlreadyThere)
        {
            var info = await objects.HeadAsync(key, cancellationToken);
            var stored = await objects.ReadAsync(key, 0, info?.SizeBytes ?? 0, cancellationToken);
            if (!stored.Span.SequenceEqual(pending.Manifest.Span))
            {
                throw Fork(pending.Collection, pending.Generation);
            }
        }

        await metastore.Catalog.ConfirmManifestAsync(pending.Collection, pending.Generation, cancellationToken);
    }

    private ManifestForkException Fork(CollectionId collection, long generation)
    {
        LogFork(collection.Value, generation);
        return new ManifestForkException(collection, generation);
    }

    [LoggerMessage(1501, LogLevel.Critical, "{Collection} has two histories at generation {Generation}")]
    private partial void LogFork(string collection, long generation);
}
