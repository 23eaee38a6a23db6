namespace Terroir.Storage;

/// <summary>Holds immutable objects under keys. It never overwrites, but for checkpoints of the ledger.</summary>
/// <remarks>
/// <para>Members are safe to call from several threads and processes at once.</para>
/// <para>Every implementation passes <c>ObjectStoreConformance</c>. None needs conditional writes beyond put-if-absent:
/// the metastore alone decides what is published.</para>
/// </remarks>
public interface IObjectStore
{
    /// <summary>Stores an object unless its key is taken.</summary>
    /// <param name="key">The key. For a content key the store checks the bytes against it.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Stops the upload; then the key is as before.</param>
    /// <returns>Whether it was created. When the call returns, the object is durable.</returns>
    /// <exception cref="ArgumentException">The key is <c>default</c>, or the bytes do not have the content key's hash.
    /// </exception>
    /// <exception cref="StorageFailedException">The store could not write; nothing may be assumed durable.</exception>
    ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken);

    /// <summary>Stores an object in the place of the one that its key named: readers see the old bytes or the new ones.
    /// </summary>
    /// <param name="key">The key; <see cref="BlobKey.IsReplaceable"/>.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Stops the upload; then the key is as before.</param>
    /// <returns>A task that ends when the object is durable.</returns>
    /// <exception cref="ArgumentException">The key names what never changes.</exception>
    /// <exception cref="StorageFailedException">The store could not write; nothing may be assumed durable.</exception>
    ValueTask ReplaceAsync(BlobKey key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a range.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">The first byte, from 0.</param>
    /// <param name="length">How many bytes; the range lies within the object.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Exactly <paramref name="length"/> bytes, unverified: the caller checks them against a hash.</returns>
    /// <exception cref="BlobMissingException">There is no such object, or it is shorter.</exception>
    /// <exception cref="StorageFailedException">The store could not read.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken);

    /// <summary>Opens an object to be read in place, by whoever checks what they read: a store that can maps its file,
    /// so that only what is touched is read and none of it counts as memory of the process; others read it whole.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="length">Its size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The first <paramref name="length"/> bytes, unverified. They stay readable while the memory is
    /// referenced, also when the object is deleted; keep the memory, not only its span.</returns>
    /// <exception cref="BlobMissingException">There is no such object, or it is shorter.</exception>
    /// <exception cref="StorageFailedException">The store could not read.</exception>
    ValueTask<ReadOnlyMemory<byte>> OpenAsync(BlobKey key, long length, CancellationToken cancellationToken) =>
        ReadAsync(key, 0, length, cancellationToken);

    /// <summary>Tells whether an object is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <returns>Its size and time, or <see langword="null"/>.</returns>
    /// <exception cref="StorageFailedException">The store could not answer: it does not take an object that it may not
    /// look at for an absent one.</exception>
    ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Lists objects by ascending key (ordinal). For rebuilding and for audits, never for a
    /// decision.</summary>
    /// <param name="prefix">What the keys start with: <c>b/</c>, a manifest prefix, or that of a site's ledger.</param>
    /// <param name="after">List only keys after this one; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The objects.</returns>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, string? after, CancellationToken cancellationToken);

    /// <summary>Deletes objects. An absent one is no error.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    /// <returns>A task that ends when they are gone.</returns>
    /// <exception cref="StorageFailedException">The store could not delete; some may be gone.</exception>
    ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken);

    /// <summary>Removes what interrupted writes left behind, when it is older than any running write.</summary>
    /// <param name="age">Leave anything younger.</param>
    /// <param name="cancellationToken">Stops between two removals.</param>
    /// <returns>How many leftovers were removed.</returns>
    ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken);
}
