using Terroir.Provenance;

namespace Terroir.Catalog;

/// <summary>Writes and signs the manifest of a generation.</summary>
internal sealed class ManifestSealer(CatalogStores stores)
{
    /// <summary>Seals what a draft brings as the generation after a head.</summary>
    public async Task<byte[]> SealAsync(
        Storage.CollectionHead head,
        long epoch,
        GenerationDraft draft,
        DateTimeOffset time,
        CancellationToken cancellationToken)
    {
        var sources = await stores.Metastore.Sources.ListSourcesAsync(cancellationToken);
        return ManifestSeal.Seal(
            new GenerationManifest
            {
                Site = stores.Site.Id,
                Collection = head.Collection,
                Generation = head.Generation + 1,
                Previous = head.Manifest.IsNone ? null : head.Manifest,
                Epoch = epoch,
                Time = time,
                IsFull = draft.Full is not null,
                Objects = draft.Full?.Objects ?? [.. draft.Contents.Select(content => content.Object)],
                Segments = draft.Full?.Segments ?? draft.Segments,
                Records = draft.Records,
                Removed = draft.Removed,
                MergedSegments = draft.Merge?.Inputs ?? [],
                MergedInto = draft.Merge?.Output?.Hash,
                Sources = [.. sources.Where(source => source.Collection == head.Collection)],
            },
            stores.Site.Key);
    }
}
