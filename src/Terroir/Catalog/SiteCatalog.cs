using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The catalogue over an object store and a metastore.</summary>
internal sealed class SiteCatalog : ICatalog, IAsyncDisposable
{
    private readonly CatalogStores _stores;
    private readonly ISegmentBuilder _segments;
    private readonly CatalogLimits _limits;
    private readonly GenerationPins _pins;
    private readonly IErasedDocuments? _erased;
    private readonly SharedWriters _writers = new();

    public SiteCatalog(
        IObjectStore objects,
        IMetastore metastore,
        ISegmentBuilder segments,
        SiteIdentity site,
        TimeProvider timeProvider,
        ILogger<SiteCatalog>? logger = null,
        CatalogLimits? limits = null,
        IContentCipher? cipher = null,
        IErasedDocuments? erased = null)
    {
        _erased = erased;
        logger ??= NullLogger<SiteCatalog>.Instance;
        _stores = new CatalogStores(objects, metastore, site, timeProvider, logger, cipher);
        _segments = segments;
        _limits = limits ?? new CatalogLimits();
        _pins = new GenerationPins(metastore.Catalog, timeProvider, logger);
    }

    public Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken) =>
        _stores.Metastore.Catalog.CreateCollectionAsync(collection, cancellationToken);

    public async Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken)
    {
        await _pins.KeepAsync(cancellationToken);
        return await _stores.Metastore.Catalog.ListHeadsAsync(cancellationToken);
    }

    public Task<ICollectionWriter> OpenWriterAsync(CollectionId collection, CancellationToken cancellationToken) =>
        _writers.OpenAsync(collection, isOwner: true, () => AcquireAsync(collection, cancellationToken));

    public Task<ICollectionWriter> JoinWriterAsync(CollectionId collection, CancellationToken cancellationToken) =>
        _writers.OpenAsync(collection, isOwner: false, () => AcquireAsync(collection, cancellationToken));

    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        _stores.Metastore.Catalog.ReadStateAsync(collection, since, cancellationToken);

    public Task<CollectionState?> ReadPinnedStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        _pins.ReadStateAsync(collection, since, cancellationToken);

    public Task<CollectionRecords?> ReadPinnedRecordsAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        _pins.ReadRecordsAsync(collection, since, cancellationToken);

    public Task<bool> KnowsAsync(
        CollectionId collection,
        long generation,
        ContentHash manifest,
        CancellationToken cancellationToken) =>
        _stores.Metastore.Catalog.KnowsAsync(collection, generation, manifest, cancellationToken);

    public async ValueTask<ErasedDocuments> ReadErasedAsync(CancellationToken cancellationToken) =>
        _erased is null ? ErasedDocuments.None : await _erased.ReadErasedAsync(cancellationToken);

    public async Task<DocumentVersion?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken) =>
        (await _stores.Metastore.Catalog.FindDocumentAsync(collection, document, cancellationToken))?.Document;

    public ValueTask<ReadOnlyMemory<byte>> ReadBlobAsync(BlobRef blob, CancellationToken cancellationToken) =>
        _stores.ReadAsync(blob, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadObjectAsync(
        ContentHash hash,
        long sizeBytes,
        CancellationToken cancellationToken) =>
        _stores.ReadObjectAsync(hash, sizeBytes, cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>> OpenObjectAsync(
        ContentHash hash,
        long sizeBytes,
        CancellationToken cancellationToken)
    {
        var stored = await _stores.Objects.OpenAsync(BlobKey.ForContent(hash), sizeBytes, cancellationToken);
        return _stores.Seal.OpenObject(hash, stored);
    }

    public async ValueTask<IReadOnlyList<Passage>> ReadPassagesAsync(
        DocumentVersion document,
        CancellationToken cancellationToken) =>
        CatalogRecords.ReadPassages((await ReadBlobAsync(document.Passages, cancellationToken)).Span);

    public ValueTask DisposeAsync() => _pins.DisposeAsync();

    private async Task<ICollectionWriter> AcquireAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        var name = $"collection/{collection.Value}";
        var lease = await HeldLease.AcquireAsync(
            _stores.Metastore.Leases,
            _stores.TimeProvider,
            name,
            CollectionWriter.LeaseDuration,
            cancellationToken)
            ?? throw new LeaseHeldException(name);
        try
        {
            // After the lease: whoever held it before can publish nothing more. A kill between the commit and the put
            // leaves the manifest in the metastore only.
            await _stores.Manifests.PutPendingAsync(collection, cancellationToken);
            var head = await _stores.Metastore.Catalog.ReadHeadAsync(collection, cancellationToken)
                ?? throw new ArgumentException($"There is no collection '{collection}'.", nameof(collection));
            await _stores.Manifests.ThrowIfForkedAsync(head, cancellationToken);
            return new CollectionWriter(_stores, _segments, _limits, lease, head, _erased);
        }
        catch
        {
            await lease.ReleaseAsync();
            lease.Dispose();
            throw;
        }
    }
}
