using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Makes a generation write all records anew: a rebuild begins there, and the older records are garbage.
/// </summary>
internal sealed class RecordsRewriting(CatalogStores stores)
{
    /// <summary>Adds all records to a draft.</summary>
    /// <param name="state">All that is live at the head.</param>
    /// <param name="draft">What the generation does besides; it changes no document but by a merge.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The draft of a generation that stands for all before it.</returns>
    public async Task<GenerationDraft> DraftAsync(
        CollectionRecords state,
        GenerationDraft draft,
        CancellationToken cancellationToken)
    {
        var collection = state.Head.Collection;
        var objects = await stores.Metastore.Catalog.ListObjectsAsync(collection, cancellationToken);
        IReadOnlyList<ContentHash> inputs = draft.Merge?.Inputs ?? [];
        var output = draft.Merge?.Output;
        var moved = state.Documents
            .Select(row => output is not null && inputs.Contains(row.Segment)
                ? row with { Segment = output.Hash }
                : row)
            .ToArray();
        var records = StoredContent.Of(
            ObjectKind.Records,
            CatalogRecords.WriteRows(moved, collection, stores.Seal));
        StoredContent[] contents = [.. draft.Contents, records];
        var brought = contents.Select(content => (content.Object.Hash, content.Object.Kind)).ToHashSet();
        var isKept = (StoredObject item) => item.Kind != ObjectKind.Records
            && !(item.Kind == ObjectKind.Segment && inputs.Contains(item.Hash))
            && !brought.Contains((item.Hash, item.Kind));
        return draft with
        {
            Contents = contents,
            Records = records.WholeBlob,
            Released =
            [
                .. objects.Where(item => item.Kind == ObjectKind.Records).Select(item => item.Hash)
                    .Where(hash => hash != records.Object.Hash),
            ],
            Full = new LiveContent(
                [.. objects.Where(isKept), .. contents.Select(content => content.Object)],
                [.. state.Segments.Where(row => !inputs.Contains(row.Hash) && row != output), .. draft.Segments]),
        };
    }
}
