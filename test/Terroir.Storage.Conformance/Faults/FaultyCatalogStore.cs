namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultyCatalogStore(ICatalogStore inner, FaultPlan plan) : ICatalogStore
{
    public Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "create collection",
            () => inner.CreateCollectionAsync(collection, cancellationToken));

    public Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "list heads", () => inner.ListHeadsAsync(cancellationToken));

    public Task<CollectionHead?> ReadHeadAsync(CollectionId collection, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "read head", () => inner.ReadHeadAsync(collection, cancellationToken));

    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "read state",
            () => inner.ReadStateAsync(collection, since, cancellationToken));

    public Task<DocumentRow?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "find document",
            () => inner.FindDocumentAsync(collection, document, cancellationToken));

    public Task<PublishOutcome> StageAsync(
        CollectionId collection,
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "stage",
            () => inner.StageAsync(collection, objects, fence, cancellationToken));

    public Task UnstageAsync(CollectionId collection, Fence fence, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "unstage",
            () => inner.UnstageAsync(collection, fence, cancellationToken));

    public Task<PublishOutcome> PublishAsync(Publication publication, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "publish", () => inner.PublishAsync(publication, cancellationToken));

    public Task<IReadOnlyList<PendingManifest>> ListPendingManifestsAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "list pending manifests",
            () => inner.ListPendingManifestsAsync(cancellationToken));

    public Task ConfirmManifestAsync(CollectionId collection, long generation, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "confirm manifest",
            () => inner.ConfirmManifestAsync(collection, generation, cancellationToken));

    public Task<Pin?> PinAsync(
        CollectionId collection,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "pin",
            () => inner.PinAsync(collection, owner, duration, cancellationToken));

    public Task<Pin?> RenewPinAsync(Pin pin, TimeSpan duration, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "renew pin", () => inner.RenewPinAsync(pin, duration, cancellationToken));

    public Task UnpinAsync(Pin pin, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "unpin", () => inner.UnpinAsync(pin, cancellationToken));

    public Task<bool> RestoreCollectionAsync(
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "restore collection",
            () => inner.RestoreCollectionAsync(state, objects, cancellationToken));

    public Task<IReadOnlyList<StoredObject>> ListObjectsAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "list objects",
            () => inner.ListObjectsAsync(collection, cancellationToken));
}
