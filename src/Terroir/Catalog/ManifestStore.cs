using Microsoft.Extensions.Logging;
using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Puts committed manifests under their names, and stops when a name holds another history.</summary>
internal sealed partial class ManifestStore(
    IObjectStore objects,
    IMetastore metastore,
    SiteIdentity site,
    ILogger logger)
{
    /// <summary>What is wrong with bytes that cannot be opened.</summary>
    internal const string Unsigned = "was not signed by this site, or is damaged";

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

    /// <summary>Makes sure that the metastore knows every history that the object store holds.</summary>
    /// <remarks>A metastore that was lost and not rebuilt yet, or put back from an old copy, takes for garbage what the
    /// manifests need. It lists every manifest of the site: before deletions, not before commits.</remarks>
    /// <exception cref="ManifestForkException">It does not.</exception>
    public async Task ThrowIfAnyForkedAsync(CancellationToken cancellationToken)
    {
        var newest = await new ManifestChain(objects, site).ListNewestAsync(cancellationToken);

        // The heads are read after the manifests: whoever put one had moved the head before.
        var heads = await metastore.Catalog.ListHeadsAsync(cancellationToken);
        foreach (var info in newest)
        {
            var (collection, generation) = info.Key.Manifest!.Value;
            var head = heads.FirstOrDefault(head => head.Collection == collection);
            if (head is null || head.Generation < generation)
            {
                throw Fork(collection, generation);
            }

            if (head.Generation == generation)
            {
                await ThrowIfOtherAsync(info.Key, info.SizeBytes, head.Manifest, cancellationToken);
            }
        }
    }

    private async Task PutAsync(PendingManifest pending, CancellationToken cancellationToken)
    {
        var key = BlobKey.ForManifest(site.Id, pending.Collection, pending.Generation);
        if (await objects.PutIfAbsentAsync(key, pending.Manifest, cancellationToken) == PutOutcome.AlreadyThere)
        {
            var info = await objects.HeadAsync(key, cancellationToken);
            var expected = ContentHash.Of(pending.Manifest.Span);
            await ThrowIfOtherAsync(key, info?.SizeBytes ?? 0, expected, cancellationToken);
        }

        await metastore.Catalog.ConfirmManifestAsync(pending.Collection, pending.Generation, cancellationToken);
    }

    /// <summary>Says what bytes are that are not the expected manifest: another one of this site is another history;
    /// anything else is damage.</summary>
    public TerroirException Explain(BlobKey key, ReadOnlyMemory<byte> found)
    {
        var (collection, generation) = key.Manifest!.Value;
        return ManifestSeal.Open(found.Span, site.Key.PublicKey.Span) is null
            ? new ManifestInvalidException(collection, generation, Unsigned)
            : Fork(collection, generation);
    }

    private async Task ThrowIfOtherAsync(
        BlobKey key,
        long sizeBytes,
        ContentHash expected,
        CancellationToken cancellationToken)
    {
        var stored = await objects.ReadAsync(key, 0, sizeBytes, cancellationToken);
        if (ContentHash.Of(stored.Span) != expected)
        {
            throw Explain(key, stored);
        }
    }

    private ManifestForkException Fork(CollectionId collection, long generation)
    {
        LogFork(collection.Value, generation);
        return new ManifestForkException(collection, generation);
    }

    [LoggerMessage(1501, LogLevel.Critical, "{Collection} has two histories at generation {Generation}")]
    private partial void LogFork(string collection, long generation);
}
