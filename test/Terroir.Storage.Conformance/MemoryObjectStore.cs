using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Terroir.Storage.Conformance;

/// <summary>Objects in memory: the reference that other stores are compared with. Nothing survives the process.
/// </summary>
/// <param name="timeProvider">The clock for <see cref="BlobInfo.StoredAt"/>.</param>
public sealed class MemoryObjectStore(TimeProvider timeProvider) : IObjectStore
{
    private readonly ConcurrentDictionary<BlobKey, Stored> _objects = [];

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseDefault(key);
        if (!key.Content.IsNone && key.Content != ContentHash.Of(content.Span))
        {
            throw new ArgumentException("The bytes do not have the key's hash.", nameof(content));
        }

        var isCreated = _objects.TryAdd(key, new Stored(content.ToArray(), timeProvider.GetUtcNow()));
        return ValueTask.FromResult(isCreated ? PutOutcome.Created : PutOutcome.AlreadyThere);
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(BlobKey key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!key.IsReplaceable)
        {
            throw new ArgumentException("What the key names never changes.", nameof(key));
        }

        _objects[key] = new Stored(content.ToArray(), timeProvider.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseDefault(key);
        if (!_objects.TryGetValue(key, out var stored)
            || offset < 0
            || length < 0
            || stored.Content.Length - offset < length)
        {
            throw new BlobMissingException(key.Value);
        }

        return ValueTask.FromResult<ReadOnlyMemory<byte>>(stored.Content.AsSpan((int)offset, (int)length).ToArray());
    }

    /// <inheritdoc/>
    public ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseDefault(key);
        return ValueTask.FromResult(_objects.TryGetValue(key, out var stored) ? stored.Describe(key) : null);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        string prefix,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var listed = _objects.ToArray()
            .Where(entry => entry.Key.Value.StartsWith(prefix, StringComparison.Ordinal))
            .Where(entry => string.CompareOrdinal(entry.Key.Value, after) > 0)
            .OrderBy(entry => entry.Key.Value, StringComparer.Ordinal);
        foreach (var (key, stored) in listed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return stored.Describe(key);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            RefuseDefault(key);
        }

        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _objects.TryRemove(key, out _);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    private static void RefuseDefault(BlobKey key)
    {
        if (key == default)
        {
            throw new ArgumentException("The default key names no object.", nameof(key));
        }
    }

    private sealed record Stored(byte[] Content, DateTimeOffset At)
    {
        public BlobInfo Describe(BlobKey key) => new(key, Content.Length, At);
    }
}
