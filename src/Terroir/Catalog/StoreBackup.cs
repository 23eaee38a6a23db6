using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Copies generations to another object store and back. The layout is <c>docs/formats/backup.md</c>.</summary>
internal sealed class StoreBackup(CatalogStores stores)
{
    /// <summary>How long the generation is kept without a sign of the backup.</summary>
    internal static readonly TimeSpan PinDuration = TimeSpan.FromMinutes(15);

    private readonly ManifestChain _manifests = new(stores.Objects, stores.Site);

    /// <summary>Copies every collection as of one generation; what is there already is not copied again.</summary>
    /// <returns>How many objects were copied.</returns>
    public async Task<int> CopyToAsync(IObjectStore target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var head in await stores.Metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            // A kill may have left the newest manifest in the metastore only.
            await stores.Manifests.PutPendingAsync(head.Collection, cancellationToken);
            var pin = await stores.Metastore.Catalog.PinAsync(
                head.Collection,
                "backup",
                PinDuration,
                cancellationToken);
            if (pin is null)
            {
                continue;
            }

            try
            {
                count += await CopyAsync(pin, target, cancellationToken);
            }
            finally
            {
                await stores.Metastore.Catalog.UnpinAsync(pin, CancellationToken.None);
            }
        }

        return count;
    }

    /// <summary>Copies everything from a backup.</summary>
    /// <returns>How many objects were copied.</returns>
    /// <exception cref="ManifestForkException">The site has another history than the backup.</exception>
    public async Task<int> CopyFromAsync(IObjectStore backup, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var prefix in new[] { "b/", "m/" })
        {
            await foreach (var info in backup.ListAsync(prefix, null, cancellationToken))
            {
                count += await CopyAsync(backup, stores.Objects, info.Key, cancellationToken);
            }
        }

        return count;
    }

    // The objects come from the manifests up to the pinned generation, not from the metastore's list, which shows the
    // head: writers go on, and what the pinned generation needs may have left the head already.
    private async Task<int> CopyAsync(Pin pin, IObjectStore target, CancellationToken cancellationToken)
    {
        await stores.Manifests.PutPendingAsync(pin.Collection, cancellationToken);
        var chain = await _manifests.ReadAsync(pin.Collection, cancellationToken, pin.Generation);
        var replay = await ManifestReplay.RunAsync(stores, chain, cancellationToken);
        var count = 0;
        var renewedAt = stores.TimeProvider.GetTimestamp();
        var held = pin;
        foreach (var item in replay.Objects)
        {
            if (stores.TimeProvider.GetElapsedTime(renewedAt) > PinDuration / 3)
            {
                renewedAt = stores.TimeProvider.GetTimestamp();
                held = await stores.Metastore.Catalog.RenewPinAsync(held, PinDuration, cancellationToken)
                    ?? throw new LeaseLostException("backup");
            }

            var key = BlobKey.ForContent(item.Hash);
            count += await CopyAsync(stores.Objects, target, key, cancellationToken);
        }

        // Manifests last: whoever finds one in the backup finds everything that it names.
        for (var generation = 1L; generation <= pin.Generation; generation++)
        {
            var key = BlobKey.ForManifest(stores.Site.Id, pin.Collection, generation);
            count += await CopyAsync(stores.Objects, target, key, cancellationToken);
        }

        return count;
    }

    private static async Task<int> CopyAsync(
        IObjectStore source,
        IObjectStore target,
        BlobKey key,
        CancellationToken cancellationToken)
    {
        var isManifest = key.Content.IsNone;
        var there = await target.HeadAsync(key, cancellationToken);
        if (there is not null && !isManifest)
        {
            return 0;
        }

        var info = await source.HeadAsync(key, cancellationToken) ?? throw new BlobMissingException(key.Value);
        var content = await source.ReadAsync(key, 0, info.SizeBytes, cancellationToken);
        if (there is not null)
        {
            var known = await target.ReadAsync(key, 0, there.SizeBytes, cancellationToken);
            return known.Span.SequenceEqual(content.Span) ? 0 : throw Fork(key);
        }

        if (!isManifest && ContentHash.Of(content.Span) != key.Content)
        {
            throw new BlobCorruptException(key.Value);
        }

        await target.PutIfAbsentAsync(key, content, cancellationToken);
        return 1;
    }

    private static ManifestForkException Fork(BlobKey key)
    {
        var parts = key.Value.Split('/');
        return new ManifestForkException(
            new CollectionId(parts[2]),
            long.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture));
    }
}
