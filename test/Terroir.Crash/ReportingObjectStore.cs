namespace Terroir.Crash;

/// <summary>Prints a line before and after each change of the object store: the places where a kill hurts.</summary>
internal sealed class ReportingObjectStore(IObjectStore inner, TextWriter progress) : IObjectStore
{
    public async ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        CrashLine.Write(progress, "putting");
        var outcome = await inner.PutIfAbsentAsync(key, content, cancellationToken);
        CrashLine.Write(progress, "put");
        return outcome;
    }

    public async ValueTask ReplaceAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        CrashLine.Write(progress, "replacing");
        await inner.ReplaceAsync(key, content, cancellationToken);
        CrashLine.Write(progress, "replaced");
    }

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
        CrashLine.Write(progress, "deleting");
        await inner.DeleteAsync(keys, cancellationToken);
        CrashLine.Write(progress, "deleted");
    }

    public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) =>
        inner.SweepAsync(age, cancellationToken);
}
