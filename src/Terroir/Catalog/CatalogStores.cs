using Microsoft.Extensions.Logging;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The two stores of a site with its identity and clock, as the parts of the catalogue share them.</summary>
internal sealed class CatalogStores
{
    public CatalogStores(
        IObjectStore objects,
        IMetastore metastore,
        SiteIdentity site,
        TimeProvider timeProvider,
        ILogger logger)
    {
        Objects = objects;
        Metastore = metastore;
        Site = site;
        TimeProvider = timeProvider;
        Manifests = new ManifestStore(objects, metastore, site, logger);
    }

    public IObjectStore Objects { get; }

    public IMetastore Metastore { get; }

    public SiteIdentity Site { get; }

    public TimeProvider TimeProvider { get; }

    public ManifestStore Manifests { get; }

    /// <summary>When the records were measured last.</summary>
    public RecordsGrowth Growth { get; } = new();

    /// <summary>Reads stored bytes and checks them against their hash (I8).</summary>
    /// <exception cref="BlobCorruptException">They are not those that were stored.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobRef blob, CancellationToken cancellationToken)
    {
        var key = BlobKey.ForContent(blob.Container);
        var bytes = await Objects.ReadAsync(key, blob.Offset, blob.Length, cancellationToken);
        return ContentHash.Of(bytes.Span) == blob.Hash ? bytes : throw new BlobCorruptException(key.Value);
    }

    /// <summary>Stores bytes under their hash and makes sure that the store has them (I2).</summary>
    /// <exception cref="BlobCorruptException">The store has other bytes there.</exception>
    public async Task PutAsync(StoredContent content, CancellationToken cancellationToken)
    {
        var hash = content.Object.Hash;
        var key = BlobKey.ForContent(hash);
        if (await Objects.PutIfAbsentAsync(key, content.Content, cancellationToken) == PutOutcome.AlreadyThere)
        {
            // Somebody put them long ago, and a disk may have spoilt them since.
            await ReadAsync(BlobRef.Whole(hash, content.Content.Length), cancellationToken);
            return;
        }

        var info = await Objects.HeadAsync(key, cancellationToken) ?? throw new BlobMissingException(key.Value);
        if (info.SizeBytes != content.Content.Length)
        {
            throw new BlobCorruptException(key.Value);
        }
    }
}
