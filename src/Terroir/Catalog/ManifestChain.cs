using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The manifests of a collection in the object store, read in order and checked one against the other.
/// </summary>
internal sealed class ManifestChain(IObjectStore objects, SiteIdentity site)
{
    /// <summary>Lists the collections that have manifests of this site.</summary>
    public async Task<IReadOnlyList<CollectionId>> ListCollectionsAsync(CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var info in objects.ListAsync($"m/{site.Id}/", null, cancellationToken))
        {
            names.Add(info.Key.Value.Split('/')[2]);
        }

        return [.. names.Select(name => new CollectionId(name))];
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
                ?? throw new ManifestInvalidException(collection, expected, "was not signed by this site");
            var previous = chain.Count == 0 ? null : (ContentHash?)chain[^1].Hash;
            if (manifest.Generation != expected || manifest.Previous != previous || manifest.Collection != collection)
            {
                throw new ManifestInvalidException(collection, expected, "does not follow its predecessor");
            }

            chain.Add((manifest, ContentHash.Of(bytes.Span)));
        }

        return chain;
    }
}
