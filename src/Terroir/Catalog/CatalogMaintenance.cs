using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Garbage, verification, rebuilding and backups over the two stores.</summary>
internal sealed class CatalogMaintenance(
    IObjectStore objects,
    IMetastore metastore,
    SiteIdentity site,
    TimeProvider timeProvider,
    ILogger<CatalogMaintenance>? logger = null) : ICatalogMaintenance
{
    private readonly CatalogStores _stores =
        new(objects, metastore, site, timeProvider, logger ?? NullLogger<CatalogMaintenance>.Instance);

    public Task<IReadOnlyList<StoredObject>> CollectGarbageAsync(
        TimeSpan grace,
        CancellationToken cancellationToken) =>
        new GarbageCollection(_stores).RunAsync(grace, cancellationToken);

    public Task<StoreReport> VerifyAsync(CancellationToken cancellationToken) =>
        new StoreVerification(_stores).RunAsync(cancellationToken);

    public async Task<IReadOnlyList<CollectionHead>> RebuildAsync(CancellationToken cancellationToken)
    {
        var heads = new List<CollectionHead>();
        var manifests = new ManifestChain(objects, site);
        foreach (var collection in await manifests.ListCollectionsAsync(cancellationToken))
        {
            var chain = await manifests.ReadAsync(collection, cancellationToken);
            var replay = await ManifestReplay.RunAsync(_stores, chain, cancellationToken);
            var last = chain[^1];
            var head = new CollectionHead(collection, last.Manifest.Generation, last.Hash, last.Manifest.Time);
            if (!await metastore.Catalog.RestoreCollectionAsync(
                replay.StateAt(head),
                replay.Objects,
                cancellationToken))
            {
                continue;
            }

            foreach (var source in last.Manifest.Sources)
            {
                await metastore.Sources.SaveSourceAsync(source, cancellationToken);
            }

            heads.Add(head);
        }

        return heads;
    }

    public Task<int> BackUpAsync(IObjectStore target, CancellationToken cancellationToken) =>
        new StoreBackup(_stores).CopyToAsync(target, cancellationToken);

    public Task<int> RestoreAsync(IObjectStore backup, CancellationToken cancellationToken) =>
        new StoreBackup(_stores).CopyFromAsync(backup, cancellationToken);
}
