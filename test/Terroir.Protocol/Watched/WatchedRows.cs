using System.Collections.Immutable;

namespace Terroir.Protocol.Watched;

/// <summary>What the present metastore should remember besides the generations. Immutable: a copy of the metastore has
/// the rows of its time.</summary>
internal sealed record WatchedRows
{
    /// <summary>The newest generation of each collection that it knows, with the manifest's hash.</summary>
    public ImmutableDictionary<CollectionId, (long Number, ContentHash Hash)> Heads { get; init; } =
        ImmutableDictionary<CollectionId, (long, ContentHash)>.Empty;

    public ImmutableDictionary<string, Lease> Leases { get; init; } =
        ImmutableDictionary.Create<string, Lease>(StringComparer.Ordinal);

    public ImmutableDictionary<long, Pin> Pins { get; init; } = ImmutableDictionary<long, Pin>.Empty;

    public ImmutableHashSet<(ContentHash Object, CollectionId Collection, Fence Fence)> Staged { get; init; } = [];

    /// <summary>Objects that a collector marked and did not confirm.</summary>
    public ImmutableHashSet<ContentHash> Doomed { get; init; } = [];

    public bool Holds(Fence fence, DateTimeOffset now) =>
        Leases.TryGetValue(fence.Lease, out var lease) && lease.Epoch == fence.Epoch && lease.Until > now;
}
