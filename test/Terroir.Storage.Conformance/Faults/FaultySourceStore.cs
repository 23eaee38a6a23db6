namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultySourceStore(ISourceStore inner, FaultPlan plan) : ISourceStore
{
    public Task SaveSourceAsync(SourceRecord source, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "save source", () => inner.SaveSourceAsync(source, cancellationToken));

    public Task<bool> RemoveSourceAsync(string source, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "remove source",
            () => inner.RemoveSourceAsync(source, cancellationToken));

    public Task<IReadOnlyList<SourceRecord>> ListSourcesAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "list sources", () => inner.ListSourcesAsync(cancellationToken));

    public Task<IReadOnlyList<SourceItem>> ListItemsAsync(string source, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "list items", () => inner.ListItemsAsync(source, cancellationToken));

    public Task<IReadOnlyList<SourceItem>> FindItemsAsync(SourceItemKey item, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "find items", () => inner.FindItemsAsync(item, cancellationToken));

    public Task SaveItemsAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "save items", () => inner.SaveItemsAsync(items, cancellationToken));

    public Task RemoveItemsAsync(IReadOnlyList<SourceItemKey> items, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "remove items", () => inner.RemoveItemsAsync(items, cancellationToken));

    public Task<IReadOnlyList<SourceItem>> ListQuarantineAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "list quarantine", () => inner.ListQuarantineAsync(cancellationToken));
}
