using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>What a generation brings, before it is staged and sealed.</summary>
internal sealed record GenerationDraft
{
    /// <summary>The bytes to be stored.</summary>
    public IReadOnlyList<StoredContent> Contents { get; init; } = [];

    /// <summary>The segments that join.</summary>
    public IReadOnlyList<SegmentRow> Segments { get; init; } = [];

    /// <summary>The documents whose record changes.</summary>
    public IReadOnlyList<DocumentRow> Documents { get; init; } = [];

    /// <summary>Those of them that are new versions.</summary>
    public IReadOnlyList<DocumentRow> Ingested { get; init; } = [];

    /// <summary>Those of them that only got other permissions or another label.</summary>
    public IReadOnlyList<DocumentRow> Stamped { get; init; } = [];

    /// <summary>The documents that go.</summary>
    public IReadOnlyList<DocumentId> Removed { get; init; } = [];

    /// <summary>Those of them that are erased.</summary>
    public IReadOnlyList<DocumentId> Erased { get; init; } = [];

    /// <summary>The merge, if there is one.</summary>
    public SegmentMerge? Merge { get; init; }

    /// <summary>Records that are not needed any more.</summary>
    public IReadOnlyList<ContentHash> Released { get; init; } = [];

    /// <summary>Source items to remember.</summary>
    public IReadOnlyList<SourceItem> Items { get; init; } = [];

    /// <summary>Source items to forget.</summary>
    public IReadOnlyList<SourceItemKey> RemovedItems { get; init; } = [];

    /// <summary>Jobs that follow.</summary>
    public IReadOnlyList<JobRequest> Jobs { get; init; } = [];

    /// <summary>Where the records of the documents are; <see langword="null"/> if there are none.</summary>
    public BlobRef? Records { get; init; }

    /// <summary>Everything that is live after it, when the manifest stands for all before it.</summary>
    public LiveContent? Full { get; init; }
}

/// <summary>All objects and segments that are live.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="Segments">The segments.</param>
internal sealed record LiveContent(IReadOnlyList<StoredObject> Objects, IReadOnlyList<SegmentRow> Segments);
