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
    ILogger<CatalogMaintenance>? logger = null,
    IContentCipher? cipher = null) : ICatalogMaintenance
{
    private readonly CatalogStores _stores =
        new(objects, metastore, site, timeProvider, logger ?? NullLogger<CatalogMaintenance>.Instance, cipher);

    public Task<IReadOnlyList<StoredObject>> CollectGarbageAsync(
        TimeSpan grace,
        CancellationToken cancellationToken) =>
        new GarbageCollection(_stores).RunAsync(grace, cancellationToken);

    public Task<StoreReport> VerifyAsync(CancellationToken cancellationToken) =>
        new StoreVerification(_stores).RunAsync(cancellationToken);

    public Task<IReadOnlyList<CollectionHead>> RebuildAsync(CancellationToken cancellationToken) =>
        new MetastoreRebuild(_stores).RunAsync(cancellationToken);

    public Task<int> BackUpAsync(IObjectStore target, CancellationToken cancellationToken) =>
        new StoreBackup(_stores).CopyToAsync(target, cancellationToken);

    public Task<RestoreReport> RestoreAsync(IObjectStore backup, CancellationToken cancellationToken) =>
        new StoreBackup(_stores).CopyFromAsync(backup, cancellationToken);
}
