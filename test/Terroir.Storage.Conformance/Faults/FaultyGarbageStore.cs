namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultyGarbageStore(IGarbageStore inner, FaultPlan plan) : IGarbageStore
{
    public Task<IReadOnlyList<StoredObject>?> MarkAsync(
        TimeSpan grace,
        int count,
        Fence fence,
        CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "mark", () => inner.MarkAsync(grace, count, fence, cancellationToken));

    public Task<bool> ConfirmAsync(
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "confirm", () => inner.ConfirmAsync(objects, fence, cancellationToken));

    public Task<IReadOnlySet<ContentHash>> FindKnownAsync(
        IReadOnlyList<ContentHash> objects,
        CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "find known", () => inner.FindKnownAsync(objects, cancellationToken));

    public Task<IReadOnlyList<PackUsage>> ReadPackUsageAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "read pack usage",
            () => inner.ReadPackUsageAsync(collection, cancellationToken));
}
