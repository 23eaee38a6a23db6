using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Storage;

namespace Terroir.Retrieval.Meaning;

/// <summary>What a generation of a collection has learned: its basis, and the vectors of each of its segments.
/// Immutable.</summary>
/// <param name="Hash">The hash of the basis.</param>
/// <param name="Basis">The basis.</param>
/// <param name="Vectors">The vectors by segment.</param>
internal sealed record CollectionMeaning(
    ContentHash Hash,
    LatentBasis Basis,
    IReadOnlyDictionary<ContentHash, DocumentVectors> Vectors)
{
    /// <summary>Finds the vectors that another generation or an earlier process computed, and computes the others.
    /// </summary>
    /// <param name="catalog">Reads the basis.</param>
    /// <param name="files">Keeps the vectors of large segments.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="row">The basis.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="before">What was open before.</param>
    /// <param name="cancellationToken">Stops the work within some milliseconds.</param>
    public static async Task<CollectionMeaning> OpenAsync(
        ICatalog catalog,
        SnapshotFiles files,
        CollectionId collection,
        SegmentRow row,
        IReadOnlyList<SnapshotSegment> segments,
        CollectionSnapshot? before,
        CancellationToken cancellationToken)
    {
        var known = before?.Meaning is { } meaning && meaning.Hash == row.Hash ? meaning : null;
        var basis = known?.Basis
            ?? BasisFile.Read((await catalog.ReadObjectAsync(row.Hash, row.SizeBytes, cancellationToken)).Span).Basis;
        var moved = new Lazy<Dictionary<UInt128, (DocumentRecord, DocumentVectors, int)>>(
            () => known is null ? [] : Moved(before!.Segments, known, segments));
        var vectors = segments.ToDictionary(
            segment => segment.Hash,
            segment => known?.Vectors.GetValueOrDefault(segment.Hash)
                ?? files.Vectors(
                    new VectorFileName(collection, segment.Hash, row.Hash),
                    segment.Reader.Documents.Count,
                    () => DocumentVectors.Fold(
                        segment.Reader,
                        basis,
                        new KnownVectors(segment.Records, moved.Value),
                        cancellationToken)));
        files.KeepVectorsOf(collection, row.Hash, segments.Select(segment => segment.Hash));
        return new CollectionMeaning(row.Hash, basis, vectors);
    }

    // The live documents of the segments that are no longer there.
    private static Dictionary<UInt128, (DocumentRecord Record, DocumentVectors Vectors, int Document)> Moved(
        IReadOnlyList<SnapshotSegment> before,
        CollectionMeaning known,
        IReadOnlyList<SnapshotSegment> after)
    {
        var stay = after.Select(segment => segment.Hash).ToHashSet();
        var moved = new Dictionary<UInt128, (DocumentRecord, DocumentVectors, int)>();
        foreach (var segment in before.Where(segment => !stay.Contains(segment.Hash)))
        {
            foreach (var (document, record) in segment.Records.Index())
            {
                if (record is not null)
                {
                    moved[record.Number] = (record, known.Vectors[segment.Hash], document);
                }
            }
        }

        return moved;
    }
}
