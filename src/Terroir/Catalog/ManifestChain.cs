using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The manifests of a collection in the object store, read in order and checked one against the other.
/// </summary>
internal sealed class ManifestChain(IObjectStore objects, SiteIdentity site)
{
    /// <summary>Lists the newest manifest of each collection of this site. It lists them all.</summary>
    /// <returns>The manifests, in the order of the collections' names.</returns>
    public async Task<IReadOnlyList<BlobInfo>> ListNewestAsync(CancellationToken cancellationToken)
    {
        var newest = new List<BlobInfo>();
        await foreach (var info in objects.ListAsync($"m/{site.Id}/", null, cancellationToken))
        {
            if (newest.Count > 0 && CollectionOf(newest[^1]) == CollectionOf(info))
            {
                newest.RemoveAt(newest.Count - 1);
            }

            newest.Add(info);
        }

        return newest;
    }

    /// <summary>Lists the generations of a collection whose manifests are there.</summary>
    public async Task<IReadOnlySet<long>> ListGenerationsAsync(
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        var generations = new HashSet<long>();
        var prefix = BlobKey.ManifestPrefix(site.Id, collection);
        await foreach (var info in objects.ListAsync(prefix, null, cancellationToken))
        {
            generations.Add(info.Key.Manifest!.Value.Generation);
        }

        return generations;
    }

    /// <summary>Reads the manifests with their hashes, up to a generation.</summary>
    /// <exception cref="ManifestInvalidException">One is forged, or does not follow its predecessor.</exception>
    public async Task<IReadOnlyList<(GenerationManifest Manifest, ContentHash Hash)>> ReadAsync(
        CollectionId collection,
        CancellationToken cancellationToken,
        long generationMax = long.MaxValue)
    {
        var chain = new List<(GenerationManifest Manifest, ContentHash Hash)>();
        await foreach (var info in objects.ListAsync(
            BlobKey.ManifestPrefix(site.Id, collection),
            null,
            cancellationToken))
        {
            var expected = chain.Count + 1;
            if (expected > generationMax)
            {
                break;
            }

            var bytes = await objects.ReadAsync(info.Key, 0, info.SizeBytes, cancellationToken);
            var manifest = ManifestSeal.Open(bytes.Span, site.Key.PublicKey.Span)
                ?? throw new ManifestInvalidException(collection, expected, ManifestStore.Unsigned);
            var previous = chain.Count == 0 ? null : (ContentHash?)chain[^1].Hash;
            if (manifest.Collection == collection && manifest.Generation > expected)
            {
                throw new ManifestInvalidException(collection, expected, "is missing");
            }

            if (manifest.Generation != expected || manifest.Previous != previous || manifest.Collection != collection)
            {
                throw new ManifestInvalidException(collection, expected, "does not follow its predecessor");
            }

            chain.Add((manifest, ContentHash.Of(bytes.Span)));
        }

        return chain;
    }

    private static CollectionId CollectionOf(BlobInfo info) => info.Key.Manifest!.Value.Collection;
}
