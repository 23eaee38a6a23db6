using System.Collections.Immutable;

namespace Terroir.Storage.Conformance.Memory;

/// <summary>Everything that a metastore remembers. Immutable.</summary>
internal sealed record MemoryState
{
    public ImmutableDictionary<string, Lease> Leases { get; init; } =
        ImmutableDictionary.Create<string, Lease>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, MemoryCollection> Collections { get; init; } =
        ImmutableSortedDictionary.Create<string, MemoryCollection>(StringComparer.Ordinal);

    public ImmutableHashSet<MemoryStaging> Staged { get; init; } = [];

    public ImmutableDictionary<ContentHash, MemoryObject> Objects { get; init; } =
        ImmutableDictionary<ContentHash, MemoryObject>.Empty;

    public ImmutableDictionary<long, Pin> Pins { get; init; } = ImmutableDictionary<long, Pin>.Empty;

    public ImmutableSortedDictionary<string, SourceRecord> Sources { get; init; } =
        ImmutableSortedDictionary.Create<string, SourceRecord>(StringComparer.Ordinal);

    public ImmutableDictionary<SourceItemKey, SourceItem> Items { get; init; } =
        ImmutableDictionary<SourceItemKey, SourceItem>.Empty;

    public ImmutableSortedDictionary<long, MemoryJob> Jobs { get; init; } =
        ImmutableSortedDictionary<long, MemoryJob>.Empty;

    public ImmutableDictionary<(string Source, ContentHash Content), QualityRelease> Releases { get; init; } =
        ImmutableDictionary<(string, ContentHash), QualityRelease>.Empty;

    public ImmutableDictionary<string, SourceAccount> Accounts { get; init; } =
        ImmutableDictionary.Create<string, SourceAccount>(StringComparer.Ordinal);

    public ImmutableDictionary<(CollectionId Collection, DateOnly Day), QualityFigures> Figures { get; init; } =
        ImmutableDictionary<(CollectionId, DateOnly), QualityFigures>.Empty;

    public ImmutableList<LedgerRow> Events { get; init; } = [];

    /// <summary>How many of the events the tiles hold.</summary>
    public long LedgerSize { get; init; }

    public byte[] LedgerCheckpoint { get; init; } = [];

    /// <summary>When each collection was served last in each queue, as a count of claimed jobs.</summary>
    public ImmutableDictionary<(string Queue, CollectionId Collection), long> Turns { get; init; } =
        ImmutableDictionary<(string, CollectionId), long>.Empty;

    /// <summary>The last number that was given to a pin, a job or a turn.</summary>
    public long LastNumber { get; init; }

    public bool Holds(Fence fence, DateTimeOffset now) =>
        Leases.TryGetValue(fence.Lease, out var lease) && lease.Epoch == fence.Epoch && lease.Until > now;

    /// <summary>Ends stagings: from that time on their objects are garbage, unless something else needs them.
    /// </summary>
    public MemoryState LetGo(Func<MemoryStaging, bool> isEnded, Func<MemoryStaging, DateTimeOffset> at)
    {
        var ended = Staged.Where(isEnded).ToArray();
        var objects = Objects;
        foreach (var staging in ended)
        {
            var item = objects[staging.Object];
            objects = objects.SetItem(staging.Object, item with { LetGoAt = Later(item.LetGoAt, at(staging)) });
        }

        return this with { Objects = objects, Staged = Staged.Except(ended) };
    }

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>An object that a writer announced and did not publish yet.</summary>
internal sealed record MemoryStaging(ContentHash Object, CollectionId Collection, Fence Fence);

/// <summary>An object that is known.</summary>
/// <param name="Object">What it is; kind 0 and size 0 until it is published.</param>
/// <param name="IsDoomed">Whether a collector is deleting it.</param>
/// <param name="LetGoAt">When it was staged, published or given up last.</param>
internal sealed record MemoryObject(StoredObject Object, bool IsDoomed, DateTimeOffset LetGoAt);
