using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Writes anew what may hold documents that are not live.</summary>
internal sealed class DocumentPurge(CatalogStores stores, ISegmentBuilder segments)
{
    private readonly HashSet<ContentHash> _done = [];

    /// <summary>Drafts the generation that replaces the next segment with dead documents, or one that another key
    /// seals than seals now.</summary>
    /// <param name="state">The head and its segments; its documents are not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The draft, or <see langword="null"/> if there is none left.</returns>
    public async Task<GenerationDraft?> DraftSegmentAsync(
        CollectionRecords state,
        CancellationToken cancellationToken)
    {
        var collection = state.Head.Collection;
        foreach (var row in state.Segments.Where(row => SegmentKinds.HoldsDocuments(row) && _done.Add(row.Hash)))
        {
            var live = await stores.Metastore.Catalog.ListDocumentsAsync(collection, row.Hash, cancellationToken);
            var stored = await stores.ReadAsync(BlobRef.Whole(row.Hash, row.SizeBytes), cancellationToken);
            if (live.Count == row.DocumentCount && stores.Seal.IsCurrent(collection, stored))
            {
                continue;
            }

            var content = stores.Seal.OpenObject(row.Hash, stored);
            var built = segments.Merge([new SegmentInput(content, live.ToHashSet())], cancellationToken);
            if (built is null)
            {
                return new GenerationDraft { Merge = new SegmentMerge([row.Hash], null) };
            }

            var output = stores.Seal.Segment(collection, built);
            if (output.Object.Hash == row.Hash)
            {
                continue;
            }

            var joining = built.ToRow(output.Object);
            _done.Add(joining.Hash);
            return new GenerationDraft
            {
                Contents = [output],
                Segments = [joining],
                Merge = new SegmentMerge([row.Hash], joining),
            };
        }

        return null;
    }

    /// <summary>Drafts the generation without what was learned from the text.</summary>
    /// <returns>The draft, or <see langword="null"/> if nothing was learned.</returns>
    public static GenerationDraft? DraftForgetting(CollectionRecords state) =>
        state.Segments.Where(SegmentKinds.HoldsLearning).Select(row => row.Hash).ToArray() is { Length: > 0 } learned
            ? new GenerationDraft { Merge = new SegmentMerge(learned, null) }
            : null;
}
