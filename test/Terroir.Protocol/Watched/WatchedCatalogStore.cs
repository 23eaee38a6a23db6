namespace Terroir.Protocol.Watched;

/// <summary>Generations, stagings and pins; the witness is told of each.</summary>
internal sealed class WatchedCatalogStore(
    ICatalogStore inner,
    Witness witness,
    Action<Publication> published) : ICatalogStore
{
    public Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken) =>
        inner.CreateCollectionAsync(collection, cancellationToken);

    public Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken) =>
        inner.ListHeadsAsync(cancellationToken);

    public Task<CollectionHead?> ReadHeadAsync(CollectionId collection, CancellationToken cancellationToken) =>
        inner.ReadHeadAsync(collection, cancellationToken);

    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) => inner.ReadStateAsync(collection, since, cancellationToken);

    public Task<DocumentRow?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken) => inner.FindDocumentAsync(collection, document, cancellationToken);

    public async Task<PublishOutcome> StageAsync(
        CollectionId collection,
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken)
    {
        var outcome = await inner.StageAsync(collection, objects, fence, cancellationToken);
        witness.Count($"stage: {outcome}");
        if (outcome == PublishOutcome.Published)
        {
            witness.CheckFence(fence, "a staging");
            if (objects.FirstOrDefault(witness.Rows.Doomed.Contains) is { IsNone: false } doomed)
            {
                witness.Note("I4", $"object {doomed.Hex[..8]} was staged while it is being deleted");
            }

            var staged = objects.Select(hash => (hash, collection, fence));
            witness.Change(witness.Rows with { Staged = witness.Rows.Staged.Union(staged) });
        }

        return outcome;
    }

    public async Task UnstageAsync(CollectionId collection, Fence fence, CancellationToken cancellationToken)
    {
        await inner.UnstageAsync(collection, fence, cancellationToken);
        var gone = witness.Rows.Staged.Where(item => item.Collection == collection && item.Fence == fence);
        witness.Change(witness.Rows with { Staged = witness.Rows.Staged.Except(gone) });
    }

    public async Task<PublishOutcome> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var outcome = await inner.PublishAsync(publication, cancellationToken);
        witness.Count($"publish: {outcome}");
        if (outcome == PublishOutcome.Published)
        {
            witness.Published(publication);
            published(publication);
        }

        return outcome;
    }

    public Task<IReadOnlyList<PendingManifest>> ListPendingManifestsAsync(CancellationToken cancellationToken) =>
        inner.ListPendingManifestsAsync(cancellationToken);

    public async Task ConfirmManifestAsync(
        CollectionId collection,
        long generation,
        CancellationToken cancellationToken)
    {
        await inner.ConfirmManifestAsync(collection, generation, cancellationToken);
        if (generation > witness.DurableOf(collection))
        {
            witness.Note("I7", $"manifest {generation} of {collection} was confirmed before it was put");
        }
    }

    public async Task<Pin?> PinAsync(
        CollectionId collection,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        Pinned(await inner.PinAsync(collection, owner, duration, cancellationToken));

    public async Task<Pin?> RenewPinAsync(Pin pin, TimeSpan duration, CancellationToken cancellationToken) =>
        Pinned(await inner.RenewPinAsync(pin, duration, cancellationToken));

    public async Task UnpinAsync(Pin pin, CancellationToken cancellationToken)
    {
        await inner.UnpinAsync(pin, cancellationToken);
        witness.Change(witness.Rows with { Pins = witness.Rows.Pins.Remove(pin.Id) });
    }

    public async Task<bool> RestoreCollectionAsync(
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        CancellationToken cancellationToken)
    {
        var isRestored = await inner.RestoreCollectionAsync(state, objects, cancellationToken);
        if (isRestored)
        {
            witness.Count("collection restored");
            witness.Restored(state);
        }

        return isRestored;
    }

    public Task<IReadOnlyList<StoredObject>> ListObjectsAsync(
        CollectionId collection,
        CancellationToken cancellationToken) => inner.ListObjectsAsync(collection, cancellationToken);

    private Pin? Pinned(Pin? pin)
    {
        if (pin is not null)
        {
            witness.Change(witness.Rows with { Pins = witness.Rows.Pins.SetItem(pin.Id, pin) });
        }

        return pin;
    }
}
