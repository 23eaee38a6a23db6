using Terroir.Catalog;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>A collection at one generation, opened for searching. Immutable.</summary>
internal sealed record CollectionSnapshot(
    CollectionHead Head,
    IReadOnlyDictionary<DocumentId, DocumentRow> Rows,
    IReadOnlyList<SnapshotSegment> Segments)
{
    /// <summary>Opens the head, or what changed since an older snapshot.</summary>
    public static async Task<CollectionSnapshot?> OpenAsync(
        ICatalog catalog,
        CollectionId collection,
        CollectionSnapshot? before,
        CancellationToken cancellationToken)
    {
        var state = await catalog.ReadPinnedStateAsync(collection, before?.Head.Generation ?? 0, cancellationToken);
        if (state is null || state.Head.Generation == before?.Head.Generation)
        {
            return state is null ? null : before;
        }

        var rows = state.Since == 0 ? [] : new Dictionary<DocumentId, DocumentRow>(before!.Rows);
        var changed = state.Documents.Select(row => row.Document.Id).Concat(state.Removed).ToHashSet();
        foreach (var row in state.Documents)
        {
            rows[row.Document.Id] = row;
        }

        foreach (var removed in state.Removed)
        {
            rows.Remove(removed);
        }

        var known = before?.Segments.ToDictionary(segment => segment.Hash) ?? [];
        var segments = new List<SnapshotSegment>();
        foreach (var segment in state.Segments)
        {
            var old = known.GetValueOrDefault(segment.Hash);
            if (old is not null && state.Since > 0 && !old.Reader.Documents.Any(entry => changed.Contains(entry.Id)))
            {
                segments.Add(old);
                continue;
            }

            var reader = old?.Reader ?? new SegmentReader(
                await catalog.ReadObjectAsync(segment.Hash, segment.SizeBytes, cancellationToken));
            segments.Add(SnapshotSegment.Make(segment.Hash, reader, rows));
        }

        return new CollectionSnapshot(state.Head, rows, segments);
    }
}
