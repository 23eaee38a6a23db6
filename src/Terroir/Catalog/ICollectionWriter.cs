using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The one writer of a collection: it holds the collection's lease until it is disposed.</summary>
/// <remarks>Not safe to call from several threads at once. The lease is renewed in the background while the writer is
/// open; a writer that could not renew it for two thirds of its time refuses to go on.</remarks>
public interface ICollectionWriter : IAsyncDisposable
{
    /// <summary>The head that the writer last saw.</summary>
    CollectionHead Head { get; }

    /// <summary>Commits a change as the next generation.</summary>
    /// <param name="change">The change; if it is empty, only its items are saved and the head stays.</param>
    /// <param name="cancellationToken">Stops before the commit; then nothing was changed.</param>
    /// <returns>The head after it. When the call returns, the change is durable and can be found.</returns>
    /// <exception cref="LeaseLostException">The lease was lost; nothing was changed.</exception>
    /// <exception cref="CommitConflictException">Bytes that the change brings are being deleted, or the head kept
    /// moving; nothing was changed.</exception>
    /// <exception cref="ManifestForkException">The object store holds another history of the collection.</exception>
    /// <exception cref="StorageFailedException">A store failed; the change is not acknowledged.</exception>
    Task<CollectionHead> CommitAsync(CatalogChange change, CancellationToken cancellationToken);

    /// <summary>Merges small segments, and drops what was deleted from them, as the next generation. When there is
    /// nothing to merge, what was learned from the text is learned anew if that is due.</summary>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>Whether there was anything to merge or to learn. Errors are those of <see cref="CommitAsync"/>.
    /// </returns>
    Task<bool> MergeAsync(CancellationToken cancellationToken);

    /// <summary>Commits a change of vectors as the next generation.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Stops before the commit; then nothing was changed.</param>
    /// <returns>Whether it was committed; <see langword="false"/> if the collection is no longer as the change expects
    /// it, and nothing was changed. Errors are those of <see cref="CommitAsync"/>.</returns>
    Task<bool> ReplaceVectorsAsync(VectorChange change, CancellationToken cancellationToken);

    /// <summary>Writes anew whatever holds documents that are not live, so that the objects of before can be deleted:
    /// segments, what was learned from the text, packs, and all records. Each is a generation.</summary>
    /// <remarks>Where the site seals, every segment is written under the newest key for objects, so that older ones can
    /// be destroyed.</remarks>
    /// <param name="cancellationToken">Stops before a commit; a second run goes on.</param>
    /// <returns>What was written anew. Errors are those of <see cref="CommitAsync"/>.</returns>
    Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken);

    /// <summary>Reads every segment whole, and builds those that are damaged or of an older layout anew from the stored
    /// documents, each as a generation.</summary>
    /// <param name="isDryRun">Whether to change nothing.</param>
    /// <param name="cancellationToken">Stops between two segments, or before a commit.</param>
    /// <returns>What was found. Errors are those of <see cref="CommitAsync"/>.</returns>
    Task<RepairReport> RepairAsync(bool isDryRun, CancellationToken cancellationToken);

    /// <summary>Copies live bytes out of packs that are mostly dead, as the next generation. The collection of garbage
    /// then gives the space back.</summary>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>Whether there was enough to win. Errors are those of <see cref="CommitAsync"/>.</returns>
    Task<bool> RepackAsync(CancellationToken cancellationToken);
}
