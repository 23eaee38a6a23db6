using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Copies generations to another object store and back. The layout is <c>docs/formats/backup.md</c>.</summary>
/// <remarks>Objects come first, then manifests from the newest down. So a copy that was interrupted leaves a gap below
/// the manifests that it brought, and what is whole from the first manifest up was copied to its end.</remarks>
internal sealed class StoreBackup(CatalogStores stores)
{
    /// <summary>Copies every collection as of one generation; what is there already is not copied again.</summary>
    /// <returns>How many objects and manifests were copied.</returns>
    /// <exception cref="ManifestForkException">The target holds another history, or the metastore does not know that
    /// of the object store.</exception>
    public async Task<int> CopyToAsync(IObjectStore target, CancellationToken cancellationToken)
    {
        await stores.Manifests.ThrowIfAnyForkedAsync(cancellationToken);
        var count = 0;
        foreach (var head in await stores.Metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            await using var pin = await HeldPin.TakeAsync(stores, head.Collection, "backup", cancellationToken);
            if (pin is not null)
            {
                count += await TryCopyAsync(pin, target, cancellationToken);
            }
        }

        return count;
    }

    /// <summary>Copies everything from a backup.</summary>
    /// <returns>What was copied, and what was left out.</returns>
    /// <exception cref="ManifestForkException">The site has another history than the backup.</exception>
    /// <exception cref="ManifestInvalidException">The backup's manifests are damaged, or of another site.</exception>
    public async Task<RestoreReport> CopyFromAsync(IObjectStore backup, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var info in backup.ListAsync("b/", null, cancellationToken))
        {
            count += await CopyObjectAsync(backup, stores.Objects, info.Key, cancellationToken);
        }

        var unfinished = new List<CollectionId>();
        var chains = new ManifestChain(backup, stores.Site);
        foreach (var newest in await chains.ListNewestAsync(cancellationToken))
        {
            var collection = newest.Key.Manifest!.Value.Collection;
            var there = await chains.ListGenerationsAsync(collection, cancellationToken);
            var chain = await chains.ReadAsync(collection, cancellationToken, CountWhole(there));
            count += await CopyManifestsAsync(backup, stores.Objects, collection, chain, cancellationToken);
            if (there.Count > chain.Count)
            {
                unfinished.Add(collection);
            }
        }

        return new RestoreReport(count, unfinished);
    }

    private async Task<int> TryCopyAsync(HeldPin pin, IObjectStore target, CancellationToken cancellationToken)
    {
        try
        {
            return await CopyAsync(pin, target, cancellationToken);
        }
        catch (BlobMissingException)
        {
            await pin.RenewAsync(cancellationToken);
            throw;
        }
    }

    // The objects come from the manifests up to the pinned generation, not from the metastore's list, which shows the
    // head: writers go on, and what the pinned generation needs may have left the head already.
    private async Task<int> CopyAsync(HeldPin pin, IObjectStore target, CancellationToken cancellationToken)
    {
        // A kill may have left the newest manifest in the metastore only.
        await stores.Manifests.PutPendingAsync(pin.Collection, cancellationToken);
        var chain = await new ManifestChain(stores.Objects, stores.Site).ReadAsync(
            pin.Collection,
            cancellationToken,
            pin.Generation);
        var replay = await ManifestReplay.RunAsync(stores, chain, cancellationToken);
        var count = 0;
        foreach (var item in replay.Objects)
        {
            await pin.KeepAsync(cancellationToken);
            var key = BlobKey.ForContent(item.Hash);
            count += await CopyObjectAsync(stores.Objects, target, key, cancellationToken);
        }

        return count
            + await CopyManifestsAsync(stores.Objects, target, pin.Collection, chain, cancellationToken);
    }

    private async Task<int> CopyManifestsAsync(
        IObjectStore source,
        IObjectStore target,
        CollectionId collection,
        IReadOnlyList<(Provenance.GenerationManifest Manifest, ContentHash Hash)> chain,
        CancellationToken cancellationToken)
    {
        var there = await new ManifestChain(target, stores.Site).ListGenerationsAsync(collection, cancellationToken);
        var whole = Math.Min(CountWhole(there), chain.Count);
        var count = 0;
        if (whole > 0)
        {
            // Each names its predecessor's hash: when the last of the whole ones is the same, so are those before it.
            await CopyManifestAsync(whole);
        }

        for (var generation = chain.Count; generation > whole; generation--)
        {
            await CopyManifestAsync(generation);
        }

        return count;

        async Task CopyManifestAsync(int generation)
        {
            var key = BlobKey.ForManifest(stores.Site.Id, collection, generation);
            var isThere = there.Contains(generation);
            var content = await ReadManifestAsync(isThere ? target : source, key, cancellationToken);
            if (ContentHash.Of(content.Span) != chain[generation - 1].Hash)
            {
                throw isThere ? stores.Manifests.Explain(key, content) : new BlobCorruptException(key.Value);
            }

            if (!isThere)
            {
                await target.PutIfAbsentAsync(key, content, cancellationToken);
                count++;
            }
        }
    }

    private static async Task<int> CopyObjectAsync(
        IObjectStore source,
        IObjectStore target,
        BlobKey key,
        CancellationToken cancellationToken)
    {
        if (await target.HeadAsync(key, cancellationToken) is not null)
        {
            return 0;
        }

        var info = await source.HeadAsync(key, cancellationToken) ?? throw new BlobMissingException(key.Value);
        var content = await source.ReadAsync(key, 0, info.SizeBytes, cancellationToken);
        if (ContentHash.Of(content.Span) != key.Content)
        {
            throw new BlobCorruptException(key.Value);
        }

        await target.PutIfAbsentAsync(key, content, cancellationToken);
        return 1;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadManifestAsync(
        IObjectStore objects,
        BlobKey key,
        CancellationToken cancellationToken)
    {
        var info = await objects.HeadAsync(key, cancellationToken) ?? throw new BlobMissingException(key.Value);
        return await objects.ReadAsync(key, 0, info.SizeBytes, cancellationToken);
    }

    // How many there are from the first one up without a gap.
    private static int CountWhole(IReadOnlySet<long> generations)
    {
        var count = 0;
        while (generations.Contains(count + 1))
        {
            count++;
        }

        return count;
    }
}
