using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Meaning;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>A collection at one generation, opened for searching. Immutable.</summary>
internal sealed record CollectionSnapshot(CollectionHead Head, IReadOnlyList<SnapshotSegment> Segments)
{
    /// <summary>What was learned from the text; <see langword="null"/> for nothing.</summary>
    public CollectionMeaning? Meaning { get; private init; }

    /// <summary>The vectors that are in force; <see langword="null"/> for none.</summary>
    public CollectionVectors? Vectors { get; private init; }

    private RecordTexts Texts { get; init; } = new();

    private BoundedCache<DocumentRecord, DocumentVersion> Read { get; init; } =
        new(DocumentVersions.ReadCountMax, _ => 1);

    /// <summary>Opens the head, or what changed since an older snapshot or since the records that were kept.</summary>
    /// <remarks>One opening of a collection at a time: see <see cref="SnapshotCache"/>.</remarks>
    /// <exception cref="BlobCorruptException">A segment is damaged.</exception>
    public static async Task<CollectionSnapshot?> OpenAsync(
        ICatalog catalog,
        SnapshotFiles files,
        CollectionId collection,
        CollectionSnapshot? before,
        CancellationToken cancellationToken)
    {
        var kept = before is null ? await files.FindRecordsAsync(catalog, collection, cancellationToken) : null;
        var since = before?.Head.Generation ?? kept?.Generation ?? 0;
        var state = await catalog.ReadPinnedRecordsAsync(collection, since, cancellationToken);
        if (state is null || state.Head.Generation == before?.Head.Generation)
        {
            return state is null ? null : before;
        }

        // A whole reading starts with new lists: those of documents that are gone are not kept for ever.
        var snapshot = before is null || state.Since == 0
            ? new CollectionSnapshot(state.Head, [])
            : before with { Head = state.Head };
        var changes = new RecordChanges(state, snapshot.Texts);
        var known = before?.Segments.ToDictionary(segment => segment.Hash) ?? [];
        var segments = new List<SnapshotSegment>();
        foreach (var segment in state.Segments.Where(SegmentKinds.HoldsDocuments))
        {
            var old = known.GetValueOrDefault(segment.Hash);
            var reader = old?.Reader ?? await OpenAsync(catalog, segment, cancellationToken);
            var earlier = old?.Records ?? kept?.RecordsOf(segment.Hash);
            var records = changes.Apply(reader, segment.Hash, state.Since > 0 ? earlier : null);
            segments.Add(old is not null && records == old.Records
                ? old
                : new SnapshotSegment(segment.Hash, reader, records, snapshot.Read));
        }

        if (before is null)
        {
            files.KeepRecords(state.Head, segments, kept, state);
        }

        var meaning = state.Segments.FirstOrDefault(SegmentKinds.HoldsLearning) is { } basis
            ? await CollectionMeaning.OpenAsync(
                catalog,
                files,
                collection,
                basis,
                segments,
                before,
                cancellationToken)
            : null;
        var vectors = await CollectionVectors.OpenAsync(
            catalog,
            state.Segments,
            segments,
            before?.Vectors,
            cancellationToken);
        return snapshot with { Segments = segments, Meaning = meaning, Vectors = vectors };
    }

    private static async Task<SegmentReader> OpenAsync(
        ICatalog catalog,
        SegmentRow segment,
        CancellationToken cancellationToken) =>
        new(
            await catalog.OpenObjectAsync(segment.Hash, segment.SizeBytes, cancellationToken),
            BlobKey.ForContent(segment.Hash).Value);
}
