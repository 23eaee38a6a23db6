using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Drafts the generation that replaces what was learned from a collection's text, when it is due.</summary>
/// <remarks>What was learned is a segment without documents: so garbage collection, backup, verification and rebuilding
/// know it, and a reader of a generation has exactly what that generation names.</remarks>
internal sealed class LearningRefresh(CatalogStores stores, ISegmentBuilder segments)
{
    /// <summary>Whether a segment holds what was learned, and no documents.</summary>
    public static bool IsLearned(SegmentRow row) => row.DocumentCount == 0;

    /// <summary>Learns, if it is due.</summary>
    /// <returns>The draft, or <see langword="null"/> if what there is may stay.</returns>
    public async Task<GenerationDraft?> DraftAsync(CollectionRecords state, CancellationToken cancellationToken)
    {
        var old = state.Segments.FirstOrDefault(IsLearned);
        var learned = old is null ? default : await ReadAsync(old, cancellationToken);
        if (segments.StartLearning(learned, state.Documents) is not { } learning)
        {
            return null;
        }

        var wanted = state.Documents.Select(row => (row.Segment, row.Id))
            .Where(item => learning.Wants(item.Id))
            .ToLookup(item => item.Segment, item => item.Id);
        foreach (var row in state.Segments.Where(row => wanted.Contains(row.Hash)))
        {
            var content = await ReadAsync(row, cancellationToken);
            learning.Add(new SegmentInput(content, wanted[row.Hash].ToHashSet()), cancellationToken);
        }

        var built = learning.Finish(cancellationToken);
        var output = built is null ? null : StoredContent.Of(ObjectKind.Segment, built.Content);
        if (output?.Object.Hash == old?.Hash)
        {
            return null;
        }

        var joining = output is null ? null : new SegmentRow(output.Object.Hash, 0, 0, output.Content.Length);
        return new GenerationDraft
        {
            Contents = output is null ? [] : [output],
            Segments = joining is null ? [] : [joining],
            Merge = old is null ? null : new SegmentMerge([old.Hash], joining),
        };
    }

    private ValueTask<ReadOnlyMemory<byte>> ReadAsync(SegmentRow row, CancellationToken cancellationToken) =>
        stores.ReadAsync(new BlobRef(row.Hash, 0, row.SizeBytes, row.Hash), cancellationToken);
}
