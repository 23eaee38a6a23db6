using System.Collections.Immutable;

namespace Terroir.Storage.Conformance.Memory;

/// <summary>A collection with all its generations. Immutable.</summary>
internal sealed record MemoryCollection
{
    public required CollectionHead Head { get; init; }

    public ImmutableSortedDictionary<long, MemoryGeneration> Generations { get; init; } =
        ImmutableSortedDictionary<long, MemoryGeneration>.Empty;

    public ImmutableSortedDictionary<ContentHash, SegmentRow> Segments { get; init; } =
        ImmutableSortedDictionary<ContentHash, SegmentRow>.Empty;

    public ImmutableSortedDictionary<DocumentId, MemoryDocument> Documents { get; init; } =
        ImmutableSortedDictionary<DocumentId, MemoryDocument>.Empty;

    /// <summary>Documents that are gone, each with the generation that removed it.</summary>
    public ImmutableSortedDictionary<DocumentId, long> Removed { get; init; } =
        ImmutableSortedDictionary<DocumentId, long>.Empty;

    /// <summary>What the head needs.</summary>
    public ImmutableHashSet<MemoryNeed> Needs => Generations[Head.Generation].Needs;

    public bool IsNeededBy(long generation, ContentHash hash) =>
        Generations[generation].Needs.Any(need => need.Object == hash);

    /// <summary>When a generation first did without an object that the one before it needed, the last time.</summary>
    public DateTimeOffset? ReleasedAt(ContentHash hash) =>
        Generations.Values.Zip(Generations.Values.Skip(1))
            .Where(pair => IsNeededBy(pair.First.Number, hash) && !IsNeededBy(pair.Second.Number, hash))
            .Select(pair => (DateTimeOffset?)pair.Second.PublishedAt)
            .LastOrDefault();
}

/// <summary>A generation.</summary>
/// <param name="Number">Its number.</param>
/// <param name="PublishedAt">When it became the head.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="Pending">Its manifest until that was confirmed; else <see langword="null"/>.</param>
internal sealed record MemoryGeneration(
    long Number,
    DateTimeOffset PublishedAt,
    ImmutableHashSet<MemoryNeed> Needs,
    byte[]? Pending);

/// <summary>An object in one of its roles: the same bytes may be a document's and a segment.</summary>
internal sealed record MemoryNeed(ContentHash Object, ObjectKind Kind);

/// <summary>A live document.</summary>
/// <param name="Row">Its row.</param>
/// <param name="ChangedAt">The generation that changed the row last.</param>
internal sealed record MemoryDocument(DocumentRow Row, long ChangedAt);
