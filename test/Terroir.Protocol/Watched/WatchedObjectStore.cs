namespace Terroir.Protocol.Watched;

/// <summary>The object store as one process sees it; the witness is told of every change.</summary>
/// <param name="inner">The store.</param>
/// <param name="witness">Who is told.</param>
/// <param name="collector">The lease under which the process collects garbage, if it does.</param>
internal sealed class WatchedObjectStore(IObjectStore inner, Witness witness, Func<Fence?> collector) : IObjectStore
{
    public async ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        var outcome = await inner.PutIfAbsentAsync(key, content, cancellationToken);
        if (outcome == PutOutcome.Created)
        {
            witness.Put(key, content);
        }

        return outcome;
    }

    public ValueTask ReplaceAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken) => inner.ReplaceAsync(key, content, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken) => inner.ReadAsync(key, offset, length, cancellationToken);

    public ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken) =>
        inner.HeadAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, cancellationToken);

    public async ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            if (await inner.HeadAsync(key, cancellationToken) is not null)
            {
                witness.Count("object deleted");
                witness.Deleting(key, collector());
            }
        }

        await inner.DeleteAsync(keys, cancellationToken);
    }

    public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) =>
        inner.SweepAsync(age, cancellationToken);
}

/// <summary>Deletes one object after the other, so that a process can die between two.</summary>
internal sealed class OneByOneObjectStore(IObjectStore inner) : IObjectStore
{
    public ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken) => inner.PutIfAbsentAsync(key, content, cancellationToken);

    public ValueTask ReplaceAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken) => inner.ReplaceAsync(key, content, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken) => inner.ReadAsync(key, offset, length, cancellationToken);

    public ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken) =>
        inner.HeadAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, string? after, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, cancellationToken);

    public async ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await inner.DeleteAsync([key], cancellationToken);
        }
    }

    public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) =>
        inner.SweepAsync(age, cancellationToken);
}
