namespace Terroir.Storage;

/// <summary>Everything that one generation changes. It is committed whole or not at all.</summary>
public sealed record Publication
{
    /// <summary>The collection.</summary>
    public required CollectionId Collection { get; init; }

    /// <summary>The generation that must be the head; the new one is one more.</summary>
    public required long ExpectedGeneration { get; init; }

    /// <summary>The lease under which the change is made.</summary>
    public required Fence Fence { get; init; }

    /// <summary>The signed manifest of the new generation, kept until <see cref="ICatalogStore.ConfirmManifestAsync"/>.
    /// </summary>
    public required ReadOnlyMemory<byte> Manifest { get; init; }

    /// <summary>The hash of those bytes.</summary>
    public required ContentHash ManifestHash { get; init; }

    /// <summary>Objects that were staged and put, and now belong to the collection.</summary>
    public IReadOnlyList<StoredObject> Objects { get; init; } = [];

    /// <summary>Segments that join; each is among <see cref="Objects"/> or the collection's objects already.</summary>
    public IReadOnlyList<SegmentRow> Segments { get; init; } = [];

    /// <summary>Documents that become live, replace their former version, or get another record. Their segments and
    /// packs are among what this publication brings or the collection has.</summary>
    public IReadOnlyList<DocumentRow> Documents { get; init; } = [];

    /// <summary>Documents that are no longer live. An unknown one is no error.</summary>
    public IReadOnlyList<DocumentId> Removed { get; init; } = [];

    /// <summary>A merge; its documents move to the output, which joins also when <see cref="Segments"/> leaves it out.
    /// </summary>
    public SegmentMerge? Merge { get; init; }

    /// <summary>Objects of kind <see cref="ObjectKind.Records"/> that are no longer needed. Any other is no error and
    /// stays.</summary>
    public IReadOnlyList<ContentHash> Released { get; init; } = [];

    /// <summary>Source items to insert or replace, in the same commit.</summary>
    public IReadOnlyList<SourceItem> Items { get; init; } = [];

    /// <summary>Source items to forget, in the same commit.</summary>
    public IReadOnlyList<SourceItemKey> RemovedItems { get; init; } = [];

    /// <summary>Jobs to enqueue, in the same commit.</summary>
    public IReadOnlyList<JobRequest> Jobs { get; init; } = [];

    /// <summary>Events to append to the ledger, in the same commit.</summary>
    public IReadOnlyList<LedgerRow> Events { get; init; } = [];
}

/// <summary>What came of a publication.</summary>
public enum PublishOutcome
{
    /// <summary>The generation is the head, and durable.</summary>
    Published,

    /// <summary>Another generation is the head: read it and build the change anew.</summary>
    Superseded,

    /// <summary>The fence is old or its lease has ended.</summary>
    LeaseLost,

    /// <summary>An object was not staged under this fence, or is being deleted.</summary>
    NotStaged,
}
