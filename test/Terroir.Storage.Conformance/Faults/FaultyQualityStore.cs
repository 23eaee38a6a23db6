namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultyQualityStore(IQualityStore inner, FaultPlan plan) : IQualityStore
{
    public Task SaveReleaseAsync(QualityRelease release, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "save release", () => inner.SaveReleaseAsync(release, cancellationToken));

    public Task<IReadOnlyList<QualityRelease>> ListReleasesAsync(
        string source,
        CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "list releases", () => inner.ListReleasesAsync(source, cancellationToken));

    public Task<bool> RemoveReleaseAsync(string source, ContentHash content, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "remove release",
            () => inner.RemoveReleaseAsync(source, content, cancellationToken));

    public Task SaveAccountAsync(SourceAccount account, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "save account", () => inner.SaveAccountAsync(account, cancellationToken));

    public Task<SourceAccount?> FindAccountAsync(string source, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "find account", () => inner.FindAccountAsync(source, cancellationToken));

    public Task SaveFiguresAsync(IReadOnlyList<QualityFigures> figures, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "save figures", () => inner.SaveFiguresAsync(figures, cancellationToken));

    public Task<IReadOnlyList<QualityFigures>> ListFiguresAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "list figures",
            () => inner.ListFiguresAsync(collection, cancellationToken));
}
