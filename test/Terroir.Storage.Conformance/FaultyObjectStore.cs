using System.Runtime.CompilerServices;

namespace Terroir.Storage.Conformance;

/// <summary>An object store whose calls fail as a plan says.</summary>
/// <param name="inner">The store that does the work.</param>
/// <param name="plan">The plan.</param>
public sealed class FaultyObjectStore(IObjectStore inner, FaultPlan plan) : IObjectStore
{
    private const string Name = "object store";

    /// <inheritdoc/>
    public async ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken) =>
        await plan.RunAsync(Name, "put", () => inner.PutIfAbsentAsync(key, content, cancellationToken).AsTask());

    /// <inheritdoc/>
    public async ValueTask ReplaceAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken) =>
        await plan.RunAsync(Name, "replace", () => inner.ReplaceAsync(key, content, cancellationToken).AsTask());

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken) =>
        await plan.RunAsync(
            Name,
            "read",
            () => inner.ReadAsync(key, offset, length, cancellationToken).AsTask(),
            Flip);

    /// <inheritdoc/>
    public async ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken) =>
        await plan.RunAsync(Name, "head", () => inner.HeadAsync(key, cancellationToken).AsTask());

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        string prefix,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await plan.RunAsync(Name, "list", () => Task.CompletedTask);
        await foreach (var info in inner.ListAsync(prefix, after, cancellationToken))
        {
            yield return info;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken) =>
        await plan.RunAsync(Name, "delete", () => inner.DeleteAsync(keys, cancellationToken).AsTask());

    /// <inheritdoc/>
    public async ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) =>
        await plan.RunAsync(Name, "sweep", () => inner.SweepAsync(age, cancellationToken).AsTask());

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> content)
    {
        var flipped = content.ToArray();
        if (flipped.Length > 0)
        {
            flipped[flipped.Length / 2] ^= 1;
        }

        return flipped;
    }
}
