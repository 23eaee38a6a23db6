namespace Terroir.Storage;

/// <summary>Collections, their heads, documents and segments: the rows that decide what is published.</summary>
/// <remarks>Every change is one transaction, durable when the call returns. The commit protocol is in
/// <c>docs/formats/commit.md</c>; the invariants I1 to I8 are those of <c>ARCHITECTURE.md</c>.</remarks>
public interface ICatalogStore
{
    /// <summary>Creates a collection at generation 0.</summary>
    /// <param name="collection">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was created; <see langword="false"/> if it was there.</returns>
    Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken);

    /// <summary>Lists the collections' heads by name.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The heads.</returns>
    Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken);

    /// <summary>Reads a collection's head.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The head, or <see langword="null"/> if there is no such collection.</returns>
    Task<CollectionHead?> ReadHeadAsync(CollectionId collection, CancellationToken cancellationToken);

    /// <summary>Reads a collection at its head, in one transaction.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="since">Read only what changed after this generation; 0 reads everything. A store that no longer
    /// knows the changes answers with everything and says so in <see cref="CollectionState.Since"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The state, or <see langword="null"/> if there is no such collection.</returns>
    Task<CollectionState?> ReadStateAsync(CollectionId collection, long since, CancellationToken cancellationToken);

    /// <summary>Reads a collection at its head like <see cref="ReadStateAsync"/>, without looking into its records.
    /// </summary>
    /// <param name="collection">The collection.</param>
    /// <param name="since">As there.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The same as there, or <see langword="null"/> if there is no such collection.</returns>
    async Task<CollectionRecords?> ReadRecordsAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken) =>
        await ReadStateAsync(collection, since, cancellationToken) is { } state ? CollectionRecords.Of(state) : null;

    /// <summary>Whether a collection's history went through a generation, and <see cref="ReadStateAsync"/> since then
    /// tells the changes. A store that keeps no history knows none.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generation">The number; above 0.</param>
    /// <param name="manifest">The hash of its manifest.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it is known.</returns>
    Task<bool> KnowsAsync(
        CollectionId collection,
        long generation,
        ContentHash manifest,
        CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Lists the live documents of a segment.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The documents by id; empty if the head has no such segment.</returns>
    async Task<IReadOnlyList<DocumentId>> ListDocumentsAsync(
        CollectionId collection,
        ContentHash segment,
        CancellationToken cancellationToken) =>
        await ReadStateAsync(collection, 0, cancellationToken) is { } state
            ? [.. state.Documents.Where(row => row.Segment == segment).Select(row => row.Document.Id)]
            : [];

    /// <summary>Counts the live documents and the bytes of their records.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Both; 0 if there is no such collection.</returns>
    async Task<(int Count, long SizeBytes)> MeasureRecordsAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        await ReadRecordsAsync(collection, 0, cancellationToken) is { } state
            ? (state.Documents.Count, state.Documents.Sum(row => (long)row.Record.Length))
            : default;

    /// <summary>Finds one live document.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The row, or <see langword="null"/>.</returns>
    Task<DocumentRow?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken);

    /// <summary>Announces objects before they are uploaded, so that nothing deletes them meanwhile.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="objects">Their hashes.</param>
    /// <param name="fence">The lease under which they are uploaded.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns><see cref="PublishOutcome.Published"/> when staged; <see cref="PublishOutcome.LeaseLost"/>; or
    /// <see cref="PublishOutcome.NotStaged"/> while one of them is being deleted: try again later. A refusal stages
    /// none of them.</returns>
    Task<PublishOutcome> StageAsync(
        CollectionId collection,
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken);

    /// <summary>Takes back what was staged under a fence and not published: the objects become garbage, and the
    /// collector's grace begins.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="fence">The fence.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is done.</returns>
    Task UnstageAsync(CollectionId collection, Fence fence, CancellationToken cancellationToken);

    /// <summary>Makes a generation the head: compare-and-set on generation and epoch, in one transaction.</summary>
    /// <param name="publication">The change.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>What came of it. Anything but <see cref="PublishOutcome.Published"/> changed nothing.
    /// <see cref="PublishOutcome.Superseded"/> also when there is no such collection.</returns>
    /// <exception cref="ArgumentException">Afterwards a segment would not be among the collection's objects, or a
    /// document would be in no live segment or point into an object that is no pack of the collection. Nothing was
    /// changed.</exception>
    /// <exception cref="StorageFailedException">The outcome is unknown: read the head.</exception>
    Task<PublishOutcome> PublishAsync(Publication publication, CancellationToken cancellationToken);

    /// <summary>Lists manifests that may not be in the object store yet, oldest first.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The manifests.</returns>
    Task<IReadOnlyList<PendingManifest>> ListPendingManifestsAsync(CancellationToken cancellationToken);

    /// <summary>Notes that a manifest is durable in the object store.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is noted.</returns>
    Task ConfirmManifestAsync(CollectionId collection, long generation, CancellationToken cancellationToken);

    /// <summary>Pins the head.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="owner">Who pins, for the operator.</param>
    /// <param name="duration">How long; positive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pin, or <see langword="null"/> if there is no such collection.</returns>
    Task<Pin?> PinAsync(
        CollectionId collection,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken);

    /// <summary>Extends a pin that has not ended.</summary>
    /// <param name="pin">The pin.</param>
    /// <param name="duration">How long from now; positive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The extended pin, or <see langword="null"/> if it had ended.</returns>
    Task<Pin?> RenewPinAsync(Pin pin, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Ends a pin. One that ended before is no error.</summary>
    /// <param name="pin">The pin.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is gone.</returns>
    Task UnpinAsync(Pin pin, CancellationToken cancellationToken);

    /// <summary>Puts back a collection that was read from manifests (rebuild and restore).</summary>
    /// <param name="state">The state at its newest generation; <see cref="CollectionState.Since"/> is 0.</param>
    /// <param name="objects">All objects that the state keeps alive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was put back; <see langword="false"/> if the collection was there.</returns>
    /// <exception cref="StorageFailedException">One of the objects is being deleted: nothing was changed; end the
    /// collection of garbage and try again.</exception>
    Task<bool> RestoreCollectionAsync(
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        CancellationToken cancellationToken);

    /// <summary>Lists every object that the collection's head needs, by hash and kind. The same bytes are listed once
    /// for each kind in which they are needed.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The objects.</returns>
    Task<IReadOnlyList<StoredObject>> ListObjectsAsync(CollectionId collection, CancellationToken cancellationToken);
}
