namespace Terroir.Storage;

/// <summary>A consistent reading of a collection at its head, whole or as changes since a generation.</summary>
public sealed record CollectionState
{
    /// <summary>The head that was read.</summary>
    public required CollectionHead Head { get; init; }

    /// <summary>The generation that the changes start after; 0 when <see cref="Documents"/> is everything.</summary>
    public required long Since { get; init; }

    /// <summary>All live segments, by hash.</summary>
    public required IReadOnlyList<SegmentRow> Segments { get; init; }

    /// <summary>The live documents, or those that changed since, by id. A merge changes its documents.</summary>
    public required IReadOnlyList<DocumentRow> Documents { get; init; }

    /// <summary>Documents that were removed since; empty when <see cref="Since"/> is 0.</summary>
    public required IReadOnlyList<DocumentId> Removed { get; init; }
}
