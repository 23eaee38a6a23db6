using Terroir.Documents;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Puts collections that the metastore lost back from their manifests (I7).</summary>
internal sealed class MetastoreRebuild(CatalogStores stores)
{
    private readonly ManifestChain _manifests = new(stores.Objects, stores.Site);

    public async Task<IReadOnlyList<CollectionHead>> RunAsync(CancellationToken cancellationToken)
    {
        var restored = new List<CollectionHead>();
        ManifestForkException? fork = null;
        foreach (var newest in await _manifests.ListNewestAsync(cancellationToken))
        {
            // Read after the manifests: whoever put one had moved the head before.
            var (collection, generation) = newest.Key.Manifest!.Value;
            var head = await stores.Metastore.Catalog.ReadHeadAsync(collection, cancellationToken);
            if (head is null)
            {
                restored.AddRange(await RestoreAsync(collection, cancellationToken));
            }
            else if (head.Generation < generation)
            {
                fork = new ManifestForkException(collection, head.Generation + 1);
            }
        }

        // An old copy of the metastore, or a collection that was created anew before the rebuild: what it lacks must
        // not look as if it were back.
        return fork is null ? restored : throw fork;
    }

    // A kill may have left the events of a generation in the lost metastore only. The manifest tells of the generation;
    // which documents it changed is known from the manifest then, and not from events of their own.
    private async Task LogAsync(
        IReadOnlyList<(Provenance.GenerationManifest Manifest, ContentHash Hash)> chain,
        CancellationToken cancellationToken)
    {
        foreach (var (manifest, hash) in chain)
        {
            var query = new LedgerQuery { Kind = EventKinds.Generation, Subject = hash.Hex };
            if ((await stores.Metastore.Ledger.FindAsync(query, cancellationToken)).Count == 0)
            {
                var row = GenerationEvents.OfManifest(hash, manifest.Time);
                await stores.Metastore.Ledger.AppendAsync([row], cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<CollectionHead>> RestoreAsync(
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        var chain = await _manifests.ReadAsync(collection, cancellationToken);
        await LogAsync(chain, cancellationToken);
        var replay = await ManifestReplay.RunAsync(stores, chain, cancellationToken);
        var last = chain[^1];
        var head = new CollectionHead(collection, last.Manifest.Generation, last.Hash, last.Manifest.Time);
        if (!await stores.Metastore.Catalog.RestoreCollectionAsync(
            replay.StateAt(head),
            replay.Objects,
            cancellationToken))
        {
            // Another process put it back meanwhile.
            return [];
        }

        // What a person let through stays so: the versions say it.
        foreach (var document in replay.StateAt(head).Documents.Select(row => row.Document)
            .Where(document => document.Quality?.Verdict is QualityVerdict.Released))
        {
            await stores.Metastore.Quality.SaveReleaseAsync(
                new QualityRelease(document.Source, document.Version, document.Path, document.IngestedAt),
                cancellationToken);
        }

        foreach (var source in last.Manifest.Sources)
        {
            await stores.Metastore.Sources.SaveSourceAsync(source, cancellationToken);
        }

        return [head];
    }
}
