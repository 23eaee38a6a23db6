using System.Runtime.CompilerServices;

namespace Terroir.Storage.Embedded;

/// <summary>Objects as files of a folder, named by their key.</summary>
/// <remarks>Layout: <c>b/ab/HASH</c>, <c>m/SITE/COLLECTION/GENERATION</c>, and <c>tmp/</c> for unfinished files. After
/// a failed fsync the store refuses every call until the process starts anew.</remarks>
public sealed class FolderObjectStore : IObjectStore
{
    private readonly string _root;
    private readonly TimeProvider _timeProvider;
    private long _scratchCount;
    private StorageFailedException? _failure;

    /// <summary>Opens or creates a store.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="timeProvider">The clock for <see cref="SweepAsync"/>.</param>
    public FolderObjectStore(string root, TimeProvider timeProvider)
    {
        _root = Path.GetFullPath(root);
        _timeProvider = timeProvider;
        DurableFile.EnsureFolder(Path.Combine(_root, "tmp"));
    }

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        cancellationToken.ThrowIfCancellationRequested();
        if (!key.Content.IsNone && key.Content != ContentHash.Of(content.Span))
        {
            throw new ArgumentException("The bytes do not have the key's hash.", nameof(content));
        }

        try
        {
            var isCreated = DurableFile.Create(PathOf(key), content.Span, NextScratch());
            return ValueTask.FromResult(isCreated ? PutOutcome.Created : PutOutcome.AlreadyThere);
        }
        catch (StorageFailedException exception) when (!exception.IsTransient)
        {
            _failure = exception;
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        try
        {
            using var handle = File.OpenHandle(PathOf(key), options: FileOptions.Asynchronous);
            if (offset < 0 || length < 0 || RandomAccess.GetLength(handle) - offset < length)
            {
                throw new BlobMissingException(key.Value);
            }

            var bytes = new byte[length];
            var count = 0;
            while (count < bytes.Length)
            {
                var read = await RandomAccess.ReadAsync(
                    handle,
                    bytes.AsMemory(count),
                    offset + count,
                    cancellationToken);
                count += read > 0 ? read : throw new BlobMissingException(key.Value);
            }

            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobMissingException(key.Value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFailedException("object store", "read", isTransient: true, exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        var file = new FileInfo(PathOf(key));
        return ValueTask.FromResult(
            file.Exists ? new BlobInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        string prefix,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        await Task.CompletedTask;
        var top = Path.Combine(_root, prefix.Split('/')[0]);
        if (!Directory.Exists(top))
        {
            yield break;
        }

        var names = Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(name => after is null || string.CompareOrdinal(name, after) > 0)
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BlobKey.TryParse(name, out var key) && await HeadAsync(key, cancellationToken) is { } info)
            {
                yield return info;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        try
        {
            foreach (var path in keys.Select(PathOf).Where(File.Exists))
            {
                cancellationToken.ThrowIfCancellationRequested();
                File.Delete(path);
            }

            foreach (var folder in keys.Select(key =>
                Path.GetDirectoryName(PathOf(key))!).Distinct(StringComparer.Ordinal))
            {
                if (Directory.Exists(folder))
                {
                    DurableFile.SyncFolder(folder);
                }
            }

            return ValueTask.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFailedException("object store", "delete", isTransient: true, exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        var oldest = _timeProvider.GetUtcNow().UtcDateTime - age;
        var leftovers = Directory.GetFiles(Path.Combine(_root, "tmp"))
            .Where(file => File.GetLastWriteTimeUtc(file) <= oldest)
            .ToArray();
        foreach (var file in leftovers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Delete(file);
        }

        return ValueTask.FromResult(leftovers.Length);
    }

    private string PathOf(BlobKey key) => Path.Combine(_root, key.Value.Replace('/', Path.DirectorySeparatorChar));

    // The process id and a counter: unique among all writers of the folder.
    private string NextScratch() => Path.Combine(
        _root,
        "tmp",
        $"{Environment.ProcessId}-{Environment.TickCount64}-{Interlocked.Increment(ref _scratchCount)}");

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new StorageFailedException("object store", "any call after a failed fsync", false, failure);
        }
    }
}
