namespace Terroir.Storage.Conformance.Memory;

/// <summary>Decides on garbage by looking at every generation of every collection.</summary>
internal sealed class MemoryGarbageStore(MemoryCell cell) : IGarbageStore
{
    public Task<IReadOnlyList<StoredObject>?> MarkAsync(
        TimeSpan grace,
        int count,
        Fence fence,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync<IReadOnlyList<StoredObject>?>(
            (state, now) =>
            {
                if (!state.Holds(fence, now))
                {
                    return (state, null);
                }

                state = state.LetGo(
                    staging => !state.Holds(staging.Fence, now),
                    staging => state.Leases[staging.Fence.Lease].Until);
                var left = count - state.Objects.Values.Count(item => item.IsDoomed);
                var found = state.Objects.Values
                    .Where(item => !item.IsDoomed && IsGarbage(state, item, grace, now))
                    .OrderBy(item => item.Object.Hash)
                    .Take(Math.Max(0, left))
                    .Select(item => KeyValuePair.Create(item.Object.Hash, item with { IsDoomed = true }));
                state = state with { Objects = state.Objects.SetItems(found) };
                return (state, [
                    .. state.Objects.Values.Where(item => item.IsDoomed)
                        .Select(item => item.Object)
                        .OrderBy(item => item.Hash)
                        .Take(count),
                ]);
            },
            cancellationToken);

    public Task<bool> ConfirmAsync(
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) =>
            {
                if (!state.Holds(fence, now))
                {
                    return (state, false);
                }

                var gone = objects.Where(hash => state.Objects.TryGetValue(hash, out var item) && item.IsDoomed);
                return (state with { Objects = state.Objects.RemoveRange(gone) }, true);
            },
            cancellationToken);

    public Task<IReadOnlySet<ContentHash>> FindKnownAsync(
        IReadOnlyList<ContentHash> objects,
        CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlySet<ContentHash>>(
            state => objects.Where(state.Objects.ContainsKey).ToHashSet(),
            cancellationToken);

    public Task<IReadOnlyList<PackUsage>> ReadPackUsageAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<PackUsage>>(
            state =>
            {
                if (!state.Collections.TryGetValue(collection.Value, out var found))
                {
                    return [];
                }

                var blobs = found.Documents.Values.Select(document => document.Row.Document)
                    .SelectMany(document => new[] { document.Original, document.Text, document.Passages })
                    .Distinct()
                    .ToArray();
                return
                [
                    .. found.Needs.Where(need => need.Kind == ObjectKind.Pack)
                        .OrderBy(need => need.Object)
                        .Select(need => new PackUsage(
                            need.Object,
                            state.Objects[need.Object].Object.SizeBytes,
                            blobs.Where(blob => blob.Container == need.Object).Sum(blob => blob.Length))),
                ];
            },
            cancellationToken);

    // The four reasons to stay: staged, needed by a head, needed by a pinned generation, let go too recently.
    private static bool IsGarbage(MemoryState state, MemoryObject item, TimeSpan grace, DateTimeOffset now)
    {
        var hash = item.Object.Hash;
        var isStaged = state.Staged.Any(staging => staging.Object == hash);
        var isNeeded = state.Collections.Values.Any(collection =>
            collection.IsNeededBy(collection.Head.Generation, hash));
        var isPinned = state.Pins.Values.Any(pin =>
            pin.Until > now && state.Collections[pin.Collection.Value].IsNeededBy(pin.Generation, hash));
        var isRecent = item.LetGoAt > now - grace || state.Collections.Values.Any(collection =>
            collection.ReleasedAt(hash) > now - grace);
        return !isStaged && !isNeeded && !isPinned && !isRecent;
    }
}
