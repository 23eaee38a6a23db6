namespace Terroir.Catalog;

/// <summary>Learns from some documents of a collection, a segment at a time, so that not all need be in memory.
/// </summary>
public interface ICollectionLearning
{
    /// <summary>Whether it learns from a document.</summary>
    /// <param name="document">The document.</param>
    /// <returns>Whether its segment is to be given to <see cref="Add"/>.</returns>
    bool Wants(DocumentId document);

    /// <summary>Reads what it needs of a segment.</summary>
    /// <param name="segment">The segment with the live documents that are wanted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    void Add(SegmentInput segment, CancellationToken cancellationToken);

    /// <summary>Learns.</summary>
    /// <param name="cancellationToken">Stops the work within some milliseconds.</param>
    /// <returns>What was learned, a segment without documents; <see langword="null"/> if nothing is to be kept.
    /// </returns>
    BuiltSegment? Finish(CancellationToken cancellationToken);
}
