namespace Terroir.Storage.Conformance.Memory;

/// <summary>Heads, staging, generations and pins.</summary>
internal sealed class MemoryCatalogStore(MemoryCell cell) : ICatalogStore
{
    public Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) =>
            {
                if (state.Collections.ContainsKey(collection.Value))
                {
                    return (state, false);
                }

                var created = new MemoryCollection { Head = new CollectionHead(collection, 0, default, now) };
                created = created with
                {
                    Generations = created.Generations.Add(0, new MemoryGeneration(0, now, [], null)),
                };
                return (state with { Collections = state.Collections.Add(collection.Value, created) }, true);
            },
            cancellationToken);

    public Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<CollectionHead>>(
            state => [.. state.Collections.Values.Select(collection => collection.Head)],
            cancellationToken);

    public Task<CollectionHead?> ReadHeadAsync(CollectionId collection, CancellationToken cancellationToken) =>
        cell.ReadAsync(state => Find(state, collection)?.Head, cancellationToken);

    public Task<CollectionState?> ReadStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        cell.ReadAsync(
            state => Find(state, collection) is { } found ? Describe(found, since) : null,
            cancellationToken);

    public Task<DocumentRow?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken) =>
        cell.ReadAsync(
            state => Find(state, collection)?.Documents.GetValueOrDefault(document)?.Row,
            cancellationToken);

    public Task<PublishOutcome> StageAsync(
        CollectionId collection,
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) =>
            {
                if (!state.Holds(fence, now))
                {
                    return (state, PublishOutcome.LeaseLost);
                }

                if (objects.Any(hash => state.Objects.TryGetValue(hash, out var item) && item.IsDoomed))
                {
                    return (state, PublishOutcome.NotStaged);
                }

                var known = state.Objects.SetItems(objects.Distinct().Select(hash =>
                {
                    var item = state.Objects.GetValueOrDefault(hash)?.Object ?? new StoredObject(hash, default, 0);
                    return KeyValuePair.Create(hash, new MemoryObject(item, false, now));
                }));
                var staged = state.Staged.Union(objects.Select(hash => new MemoryStaging(hash, collection, fence)));
                return (state with { Objects = known, Staged = staged }, PublishOutcome.Published);
            },
            cancellationToken);

    public Task UnstageAsync(CollectionId collection, Fence fence, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) => (
                state.LetGo(staging => staging.Collection == collection && staging.Fence == fence, _ => now),
                true),
            cancellationToken);

    public Task<PublishOutcome> PublishAsync(Publication publication, CancellationToken cancellationToken) =>
        cell.ChangeAsync((state, now) => MemoryPublisher.Publish(state, publication, now), cancellationToken);

    public Task<IReadOnlyList<PendingManifest>> ListPendingManifestsAsync(CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<PendingManifest>>(
            state =>
            [
                .. from collection in state.Collections.Values
                   from generation in collection.Generations.Values
                   where generation.Pending is not null
                   select new PendingManifest(collection.Head.Collection, generation.Number, generation.Pending),
            ],
            cancellationToken);

    public Task ConfirmManifestAsync(
        CollectionId collection,
        long generation,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) =>
            {
                if (Find(state, collection) is not { } found
                    || !found.Generations.TryGetValue(generation, out var pending))
                {
                    return (state, false);
                }

                var confirmed = found.Generations.SetItem(generation, pending with { Pending = null });
                return (Set(state, found with { Generations = confirmed }), true);
            },
            cancellationToken);

    public Task<Pin?> PinAsync(
        CollectionId collection,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return cell.ChangeAsync<Pin?>(
            (state, now) =>
            {
                if (Find(state, collection) is not { } found)
                {
                    return (state, null);
                }

                var pin = new Pin(state.LastNumber + 1, collection, found.Head.Generation, now + duration);
                return (state with { Pins = state.Pins.Add(pin.Id, pin), LastNumber = pin.Id }, pin);
            },
            cancellationToken);
    }

    public Task<Pin?> RenewPinAsync(Pin pin, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return cell.ChangeAsync<Pin?>(
            (state, now) =>
            {
                if (!state.Pins.TryGetValue(pin.Id, out var held) || held.Until <= now)
                {
                    return (state, null);
                }

                var renewed = held with { Until = now + duration };
                return (state with { Pins = state.Pins.SetItem(pin.Id, renewed) }, renewed);
            },
            cancellationToken);
    }

    public Task UnpinAsync(Pin pin, CancellationToken cancellationToken) =>
        cell.ChangeAsync((state, _) => (state with { Pins = state.Pins.Remove(pin.Id) }, true), cancellationToken);

    public Task<bool> RestoreCollectionAsync(
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync((all, now) => MemoryPublisher.Restore(all, state, objects, now), cancellationToken);

    public Task<IReadOnlyList<StoredObject>> ListObjectsAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<StoredObject>>(
            state =>
            [
                .. (Find(state, collection)?.Needs ?? [])
                    .OrderBy(need => need.Object)
                    .ThenBy(need => need.Kind)
                    .Select(need => state.Objects[need.Object].Object with { Kind = need.Kind }),
            ],
            cancellationToken);

    internal static MemoryState Set(MemoryState state, MemoryCollection collection) =>
        state with { Collections = state.Collections.SetItem(collection.Head.Collection.Value, collection) };

    private static MemoryCollection? Find(MemoryState state, CollectionId collection) =>
        state.Collections.GetValueOrDefault(collection.Value);

    private static CollectionState Describe(MemoryCollection collection, long since)
    {
        var start = since > 0 && collection.Generations.ContainsKey(since) ? since : 0;
        var documents = collection.Documents.Values.Where(document => start == 0 || document.ChangedAt > start);
        return new CollectionState
        {
            Head = collection.Head,
            Since = start,
            Segments = [.. collection.Segments.Values],
            Documents = [.. documents.Select(document => document.Row)],
            Removed =
            [
                .. collection.Removed.Where(entry => start > 0 && entry.Value > start).Select(entry => entry.Key),
            ],
        };
    }
}
