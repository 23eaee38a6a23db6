using System.Runtime.InteropServices;
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

    /// <summary>Until which generation this builder has judged that what was learned may stay.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="learned">The hash of what was learned; <c>default</c> for nothing.</param>
    /// <returns>The generation; <see langword="null"/> if all documents must be looked at.</returns>
    JudgedGeneration? JudgedUntil(CollectionId collection, ContentHash learned) => null;

    /// <summary>Judges by what changed since <see cref="JudgedUntil"/>.</summary>
    /// <param name="learned">The hash of what was learned; <c>default</c> for nothing.</param>
    /// <param name="changes">What changed since that generation.</param>
    /// <returns>Whether what was learned certainly may stay.</returns>
    bool MayStay(ContentHash learned, Storage.CollectionRecords changes) => false;

    /// <summary>Decides whether something is to be learned from a collection's text, instead of what was learned
    /// before. A builder that learns nothing need not implement it.</summary>
    /// <param name="learned">What was learned before; without content for nothing.</param>
    /// <param name="state">The live documents.</param>
    /// <returns>What learns, or <see langword="null"/> if what there is may stay.</returns>
    ICollectionLearning? StartLearning(LearnedText learned, Storage.CollectionRecords state) => null;

    /// <summary>Computes what searches need of a segment under what was learned, so that the first of them does not
    /// wait for it. A builder that keeps nothing need not implement it.</summary>
    /// <param name="learned">What was learned, and the collection.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="content">Its bytes, verified.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    void Prepare(
        LearnedText learned,
        Storage.SegmentRow segment,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
    }
}

/// <summary>A generation that a builder has judged.</summary>
/// <param name="Generation">The number.</param>
/// <param name="Manifest">The hash of its manifest: another history may have a generation of the same number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JudgedGeneration(long Generation, ContentHash Manifest);

/// <summary>What was learned from a collection's text.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Hash">The hash of the bytes.</param>
/// <param name="Content">The bytes.</param>
public sealed record LearnedText(CollectionId Collection, ContentHash Hash, ReadOnlyMemory<byte> Content);

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
    /// <param name="stored">The object that it is stored as.</param>
    /// <returns>The row.</returns>
    public Storage.SegmentRow ToRow(Storage.StoredObject stored) =>
        new(stored.Hash, DocumentCount, PassageCount, stored.SizeBytes);
}
