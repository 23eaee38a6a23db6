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
        ILogger logger,
        IContentCipher? cipher)
    {
        Objects = objects;
        Metastore = metastore;
        Site = site;
        TimeProvider = timeProvider;
        Seal = new ContentSeal(cipher);
        Manifests = new ManifestStore(objects, metastore, site, logger);
    }

    public IObjectStore Objects { get; }

    public IMetastore Metastore { get; }

    public SiteIdentity Site { get; }

    public TimeProvider TimeProvider { get; }

    public ManifestStore Manifests { get; }

    /// <summary>When the records were measured last.</summary>
    public RecordsGrowth Growth { get; } = new();

    /// <summary>What seals and opens content.</summary>
    public ContentSeal Seal { get; }

    /// <summary>Reads stored bytes, opens them if they are sealed, and checks them against their hash (I8).</summary>
    /// <exception cref="BlobCorruptException">They are not those that were stored.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobRef blob, CancellationToken cancellationToken) =>
        (await ReadBothAsync(blob, cancellationToken)).Content;

    /// <summary>Reads stored bytes as they are, checked like <see cref="ReadAsync"/>.</summary>
    /// <exception cref="BlobCorruptException">They are not those that were stored.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadStoredAsync(BlobRef blob, CancellationToken cancellationToken) =>
        (await ReadBothAsync(blob, cancellationToken)).Stored;

    /// <summary>Reads a whole object that the catalogue wrote, such as a segment, and opens it if it is sealed.
    /// </summary>
    /// <exception cref="BlobCorruptException">It is not what was stored.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadObjectAsync(
        ContentHash hash,
        long sizeBytes,
        CancellationToken cancellationToken) =>
        Seal.OpenObject(hash, await ReadAsync(BlobRef.Whole(hash, sizeBytes), cancellationToken));

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

    private async ValueTask<(ReadOnlyMemory<byte> Stored, ReadOnlyMemory<byte> Content)> ReadBothAsync(
        BlobRef blob,
        CancellationToken cancellationToken)
    {
        if (blob.Container.IsNone || blob.Offset < 0 || blob.Length < 0)
        {
            throw new BlobCorruptException("of a record that was changed");
        }

        var key = BlobKey.ForContent(blob.Container);
        var stored = await Objects.ReadAsync(key, blob.Offset, blob.Length, cancellationToken);
        var content = blob.IsSealed ? Seal.Open(stored, key.Value) : stored;
        return ContentHash.Of(content.Span) == blob.Hash
            ? (stored, content)
            : throw new BlobCorruptException(key.Value);
    }
}
