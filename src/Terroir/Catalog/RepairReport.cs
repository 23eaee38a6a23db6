namespace Terroir.Catalog;

/// <summary>What the repair of a collection's segments found and did.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="SegmentCount">How many segments were read whole.</param>
/// <param name="Segments">Those that were not as they should be.</param>
public sealed record RepairReport(
    CollectionId Collection,
    int SegmentCount,
    IReadOnlyList<SegmentRepair> Segments);

/// <summary>A segment that was not as it should be.</summary>
/// <param name="Segment">Its hash.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="DocumentCount">How many live documents it holds.</param>
/// <param name="Replacement">The segment that took its place; <see langword="null"/> when nothing was changed, or no
/// live document was left.</param>
/// <param name="Unreadable">Documents whose own bytes are damaged too: they stay, and are found by no word until the
/// objects come back from a backup or their files are synchronised anew.</param>
public sealed record SegmentRepair(
    ContentHash Segment,
    SegmentFault Fault,
    int DocumentCount,
    ContentHash? Replacement,
    IReadOnlyList<DocumentId> Unreadable);

/// <summary>What is wrong with a segment.</summary>
public enum SegmentFault
{
    /// <summary>Its bytes are not those that were stored.</summary>
    Damaged,

    /// <summary>It is gone, or shorter.</summary>
    Missing,

    /// <summary>It is sound, and another version of the program wrote it.</summary>
    Outdated,
}
