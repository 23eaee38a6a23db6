using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The door of the catalogue: collections, their writers, and their verified bytes.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface ICatalog
{
    /// <summary>Creates a collection.</summary>
    /// <param name="collection">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was created; <see langword="false"/> if it was there.</returns>
    Task<bool> CreateCollectionAsync(CollectionId collection, CancellationToken cancellationToken);

    /// <summary>Lists the collections' heads by name.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The heads.</returns>
    Task<IReadOnlyList<CollectionHead>> ListHeadsAsync(CancellationToken cancellationToken);

    /// <summary>Becomes the writer of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The writer; dispose it to let others write.</returns>
    /// <exception cref="LeaseHeldException">Somebody else is its writer, here or in another process.</exception>
    /// <exception cref="ManifestForkException">The object store holds another history of it.</exception>
    Task<ICollectionWriter> OpenWriterAsync(CollectionId collection, CancellationToken cancellationToken);

    /// <summary>Writes to a collection beside the writer that this process has open, if it has one: commits take turns,
    /// so that one document need not wait for a synchronisation.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A writer; dispose it. The last of those who share one lets other processes write.</returns>
    /// <exception cref="LeaseHeldException">Another process writes to it.</exception>
    /// <exception cref="ManifestForkException">The object store holds another history of it.</exception>
    Task<ICollectionWriter> JoinWriterAsync(CollectionId collection, CancellationToken cancellationToken);

    /// <summary>Reads a collection at its head, whole or since a generation.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="since">Only what changed after it; 0 for everything.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The state, or <see langword="null"/> if there is no such collection.</returns>
    Task<CollectionState?> ReadStateAsync(CollectionId collection, long since, CancellationToken cancellationToken);

    /// <summary>Reads like <see cref="ReadStateAsync"/>, and keeps what the generation needs from being deleted while
    /// searches use it.</summary>
    /// <remarks>It holds for minutes after the last <see cref="ListHeadsAsync"/> of this process, and for a minute
    /// after a newer generation was read.</remarks>
    /// <param name="collection">The collection.</param>
    /// <param name="since">Only what changed after it; 0 for everything.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The state, or <see langword="null"/> if there is no such collection.</returns>
    Task<CollectionState?> ReadPinnedStateAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken);

    /// <summary>Reads and pins like <see cref="ReadPinnedStateAsync"/>, without looking into the records.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="since">Only what changed after it; 0 for everything.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The state, or <see langword="null"/> if there is no such collection.</returns>
    Task<CollectionRecords?> ReadPinnedRecordsAsync(
        CollectionId collection,
        long since,
        CancellationToken cancellationToken);

    /// <summary>Whether a collection's history went through a generation, and what changed after it can be read.
    /// </summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generation">The number.</param>
    /// <param name="manifest">The hash of its manifest: after a restore another generation may have the number.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it is known.</returns>
    Task<bool> KnowsAsync(
        CollectionId collection,
        long generation,
        ContentHash manifest,
        CancellationToken cancellationToken);

    /// <summary>Reads which documents were erased and must not come back.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The tombstones.</returns>
    ValueTask<ErasedDocuments> ReadErasedAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(ErasedDocuments.None);

    /// <summary>Finds a live document.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The version, or <see langword="null"/>.</returns>
    Task<DocumentVersion?> FindDocumentAsync(
        CollectionId collection,
        DocumentId document,
        CancellationToken cancellationToken);

    /// <summary>Reads stored bytes and checks them against their hash.</summary>
    /// <param name="blob">Where they are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="BlobCorruptException">They are not those that were stored.</exception>
    /// <exception cref="BlobMissingException">They are gone.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadBlobAsync(BlobRef blob, CancellationToken cancellationToken);

    /// <summary>Reads a whole object, such as a segment, and checks it against its hash.</summary>
    /// <param name="hash">The object.</param>
    /// <param name="sizeBytes">Its size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The bytes.</returns>
    ValueTask<ReadOnlyMemory<byte>> ReadObjectAsync(
        ContentHash hash,
        long sizeBytes,
        CancellationToken cancellationToken);

    /// <summary>Opens a whole object that checks itself, such as a segment, to be read in place where the store can.
    /// </summary>
    /// <param name="hash">The object.</param>
    /// <param name="sizeBytes">Its size.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The bytes, not compared with the hash: the caller checks each part before it uses it.</returns>
    /// <exception cref="BlobMissingException">It is gone, or shorter.</exception>
    ValueTask<ReadOnlyMemory<byte>> OpenObjectAsync(
        ContentHash hash,
        long sizeBytes,
        CancellationToken cancellationToken);

    /// <summary>Reads a document's passages.</summary>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The passages by ordinal.</returns>
    ValueTask<IReadOnlyList<Documents.Passage>> ReadPassagesAsync(
        DocumentVersion document,
        CancellationToken cancellationToken);
}
