using Terroir.Documents;

namespace Terroir.Catalog;

/// <summary>Makes index segments. The catalogue stores them and does not look inside; retrieval implements
/// it.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface ISegmentBuilder
{
    /// <summary>Indexes documents.</summary>
    /// <param name="documents">The documents; at least one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The segment.</returns>
    BuiltSegment Build(IReadOnlyList<SegmentDocument> documents, CancellationToken cancellationToken);

    /// <summary>Merges segments and leaves out what is no longer live.</summary>
    /// <param name="inputs">The segments' bytes with their live documents.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The segment, or <see langword="null"/> if nothing is live.</returns>
    BuiltSegment? Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken);

    /// <summary>Decides whether a segment is as this builder writes it.</summary>
    /// <param name="content">Its bytes, verified.</param>
    /// <returns>Whether it is; <see langword="false"/> for one of another layout or text analysis.</returns>
    bool IsCurrent(ReadOnlyMemory<byte> content) => true;

    /// <summary>Decides whether something is to be learned from a collection's text, instead of what was learned
    /// before. A builder that learns nothing need not implement it.</summary>
    /// <param name="learned">What was learned before; empty for nothing.</param>
    /// <param name="documents">The live documents.</param>
    /// <returns>What learns, or <see langword="null"/> if what there is may stay.</returns>
    ICollectionLearning? StartLearning(ReadOnlyMemory<byte> learned, IReadOnlyList<Storage.StoredRecord> documents) =>
        null;
}

/// <summary>A document as a segment builder needs it.</summary>
/// <param name="Id">The document.</param>
/// <param name="Version">Its version.</param>
/// <param name="Title">Its title, which is indexed with every passage and never quoted.</param>
/// <param name="Text">The canonical text.</param>
/// <param name="Passages">Its passages by ordinal.</param>
public sealed record SegmentDocument(
    DocumentId Id,
    ContentHash Version,
    string Title,
    ReadOnlyMemory<byte> Text,
    IReadOnlyList<Passage> Passages);

/// <summary>A segment to be merged.</summary>
/// <param name="Content">Its bytes, verified.</param>
/// <param name="Live">The documents whose live record names this segment.</param>
public sealed record SegmentInput(ReadOnlyMemory<byte> Content, IReadOnlySet<DocumentId> Live);

/// <summary>A segment that was made.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="DocumentCount">How many documents it holds.</param>
/// <param name="PassageCount">How many passages it holds.</param>
public sealed record BuiltSegment(ReadOnlyMemory<byte> Content, int DocumentCount, int PassageCount)
{
    /// <summary>The row of the segment.</summary>
    /// <param name="hash">The hash of its bytes.</param>
    /// <returns>The row.</returns>
    public Storage.SegmentRow ToRow(ContentHash hash) => new(hash, DocumentCount, PassageCount, Content.Length);
}
