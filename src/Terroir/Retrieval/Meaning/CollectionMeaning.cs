using Terroir.Catalog;
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
    /// <summary>Computes the vectors that another generation has not computed yet.</summary>
    /// <param name="catalog">Reads the basis.</param>
    /// <param name="row">The basis.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="before">What was open before.</param>
    /// <param name="cancellationToken">Stops the work within some milliseconds.</param>
    public static async Task<CollectionMeaning> OpenAsync(
        ICatalog catalog,
        SegmentRow row,
        IReadOnlyList<SnapshotSegment> segments,
        CollectionMeaning? before,
        CancellationToken cancellationToken)
    {
        var known = before?.Hash == row.Hash ? before : null;
        var basis = known?.Basis
            ?? BasisFile.Read((await catalog.ReadObjectAsync(row.Hash, row.SizeBytes, cancellationToken)).Span).Basis;
        return new CollectionMeaning(
            row.Hash,
            basis,
            segments.ToDictionary(
                segment => segment.Hash,
                segment => known?.Vectors.GetValueOrDefault(segment.Hash)
                    ?? DocumentVectors.Fold(segment.Reader, basis, cancellationToken)));
    }
}
