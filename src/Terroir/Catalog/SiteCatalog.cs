using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The catalogue over an object store and a metastore.</summary>
internal sealed class SiteCatalog(
    IObjectStore objects,
    IMetastore metastore,
    ISegmentBuilder segments,
    SiteIdentity site,
    TimeProvider timeProvider) : ICatalog
{
    public Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken) =>
        metastore.Catalog.CreateCollectionAsync(collection, cancellationToken);

    public Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken) =>
        metastore.Catalog.ListHeadsAsync(cancellationToken);

    public async Task<ICollectionWriter> OpenWriterAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        await PutPendingManifestsAsync(cancellationToken);
        var name = $"collection/{collection.Value}";
        var owner = $"{Environment.MachineName}/{Environment.ProcessId}/{timeProvider.GetTimestamp()}";
        var lease = await metastore.Leases.AcquireAsync(name, owner, CollectionWriter.LeaseDuration, cancellationToken)
            ?? throw new LeaseHeldException(name);
        var head = await metastore.Catalog.ReadHeadAsync(collection, cancellationToken)
            ?? throw new ArgumentException($"There is no collection '{collection}'.", nameof(collection));
        return new CollectionWriter(objects, metastore, segments, site, timeProvider, lease, head);
    }

    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        metastore.Catalog.ReadStateAsync(collection, since, cancellationToken);

    public async Task<DocumentVersion?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken) =>
        (await metastore.Catalog.FindDocumentAsync(collection, document, cancellationToken))?.Document;

    public async ValueTask<ReadOnlyMemory<byte>> ReadBlobAsync(BlobRef blob, CancellationToken cancellationToken)
    {
        var key = BlobKey.ForContent(blob.Container);
        var bytes = await objects.ReadAsync(key, blob.Offset, blob.Length, cancellationToken);
        return ContentHash.Of(bytes.Span) == blob.Hash ? bytes : throw new BlobCorruptException(key.Value);
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadObjectAsync(
        ContentHash hash,
        long sizeBytes,
        CancellationToken cancellationToken) =>
        ReadBlobAsync(new BlobRef(hash, 0, sizeBytes, hash), cancellationToken);

    public async ValueTask<IReadOnlyList<Passage>> ReadPassagesAsync(
        DocumentVersion document,
        CancellationToken cancellationToken) =>
        CatalogRecords.ReadPassages((await ReadBlobAsync(document.Passages, cancellationToken)).Span);

    // A crash between the commit and the put leaves the manifest in the metastore only.
    private async Task PutPendingManifestsAsync(CancellationToken cancellationToken)
    {
        foreach (var pending in await metastore.Catalog.ListPendingManifestsAsync(cancellationToken))
        {
            await ManifestStore.PutAsync(objects, metastore, site, pending, cancellationToken);
        }
    }
}

/// <summary>Puts committed manifests under their names.</summary>
internal static class ManifestStore
{
    /// <summary>Puts a manifest and notes it; the same bytes under the name are no error.</summary>
    /// <exception cref="ManifestInvalidException">Other bytes are there: two histories of one collection.</exception>
    public static async Task PutAsync(
        IObjectStore objects,
        IMetastore metastore,
        SiteIdentity site,
        PendingManifest pending,
        CancellationToken cancellationToken)
    {
        var key = BlobKey.ForManifest(site.Id, pending.Collection, pending.Generation);
        if (await objects.PutIfAbsentAsync(key, pending.Manifest, cancellationToken) == PutOutcome.AlreadyThere)
        {
            var info = await objects.HeadAsync(key, cancellationToken);
            var stored = await objects.ReadAsync(key, 0, info?.SizeBytes ?? 0, cancellationToken);
            if (!stored.Span.SequenceEqual(pending.Manifest.Span))
            {
                throw new ManifestInvalidException(
                    pending.Collection,
                    pending.Generation,
                    "is in the object store with other content: two histories of one collection");
            }
        }

        await metastore.Catalog.ConfirmManifestAsync(pending.Collection, pending.Generation, cancellationToken);
    }
}
