namespace Terroir.Storage;

/// <summary>Decides which objects nothing needs (invariant I4).</summary>
public interface IGarbageStore
{
    /// <summary>Marks objects for deletion that nothing refers to: no live document, segment or records of any
    /// collection, no pin on a generation that had them, no staging under a lease that is still held.</summary>
    /// <param name="grace">Leave what was let go more recently than this: released by a generation, unstaged, or left
    /// staged under a lease that ended or was taken over.</param>
    /// <param name="count">How many at most; 1 to 10,000.</param>
    /// <param name="fence">The collector's lease.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The objects, which from now on cannot be staged; also those that an earlier collector marked and did
    /// not finish. One that was never published has kind 0 and size 0. <see langword="null"/> if the fence is old.
    /// </returns>
    Task<IReadOnlyList<StoredObject>?> MarkAsync(
        TimeSpan grace,
        int count,
        Fence fence,
        CancellationToken cancellationToken);

    /// <summary>Forgets marked objects after they were deleted from the object store.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="fence">The collector's lease.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether the fence still held; if not, nothing was changed.</returns>
    Task<bool> ConfirmAsync(IReadOnlyList<ContentHash> objects, Fence fence, CancellationToken cancellationToken);

    /// <summary>Tells which of some objects the metastore knows in any state (for the audit of the object store).
    /// </summary>
    /// <param name="objects">The hashes; at most 10,000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Those that it knows.</returns>
    Task<IReadOnlySet<ContentHash>> FindKnownAsync(
        IReadOnlyList<ContentHash> objects,
        CancellationToken cancellationToken);

    /// <summary>Sums the live bytes of each pack, to find packs that are mostly dead.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>For each live pack its size and the bytes that live documents point to, by hash.</returns>
    Task<IReadOnlyList<PackUsage>> ReadPackUsageAsync(CollectionId collection, CancellationToken cancellationToken);
}

/// <summary>How much of a pack is still needed.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="LiveBytes">The bytes that live documents point to.</param>
public sealed record PackUsage(ContentHash Pack, long SizeBytes, long LiveBytes);
