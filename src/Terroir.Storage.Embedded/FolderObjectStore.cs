using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Terroir.Storage.Embedded;

/// <summary>Objects as files of a folder, named by their key.</summary>
/// <remarks>Layout: the keys are the names, and <c>tmp/</c> is for unfinished files; see
/// <c>docs/formats/object-store.md</c>. When a write or an fsync fails for another reason than lack of room or of a
/// right, the store refuses every call until the process starts anew. The folder's file system has hard links.
/// </remarks>
public sealed class FolderObjectStore : IObjectStore
{
    private const string Name = "object store";

    // At most 256 for content, one for each collection of each site, and a few for each 256 events of the ledger.
    private readonly ConcurrentDictionary<string, bool> _durableFolders = new(StringComparer.Ordinal);

    // Unique among all writers of the folder, also those in other containers with the same process number.
    private readonly string _writer = RandomNumberGenerator.GetHexString(16, lowercase: true);

    private readonly string _root;
    private readonly string _scratchFolder;
    private readonly TimeProvider _timeProvider;
    private readonly IFileCalls _calls;
    private readonly DurableFileWriter _files;
    private long _scratchCount;
    private volatile StorageFailedException? _failure;

    /// <summary>Opens or creates a store.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="timeProvider">The clock for <see cref="SweepAsync"/>.</param>
    /// <exception cref="StorageFailedException">The folder cannot be created.</exception>
    public FolderObjectStore(string root, TimeProvider timeProvider)
        : this(root, timeProvider, SystemFileCalls.Instance)
    {
    }

    internal FolderObjectStore(string root, TimeProvider timeProvider, IFileCalls calls)
    {
        _root = Path.GetFullPath(root);
        _scratchFolder = Path.Combine(_root, "tmp");
        _timeProvider = timeProvider;
        _calls = calls;
        _files = new DurableFileWriter(calls, Name);
        _files.EnsureFolder(_scratchFolder);
    }

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(
        BlobKey key,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        if (!key.Content.IsNone && key.Content != ContentHash.Of(content.Span))
        {
            throw new ArgumentException("The bytes do not have the key's hash.", nameof(content));
        }

        return ValueTask.FromResult(Write(() =>
        {
            EnsureDurable(Path.GetDirectoryName(path)!);
            var scratch = Path.Combine(_scratchFolder, $"{_writer}-{Interlocked.Increment(ref _scratchCount)}");
            return _files.Create(path, content.Span, scratch) ? PutOutcome.Created : PutOutcome.AlreadyThere;
        }));
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(BlobKey key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!key.IsReplaceable)
        {
            throw new ArgumentException("What the key names never changes.", nameof(key));
        }

        var path = PathOf(key);
        Write(() =>
        {
            EnsureDurable(Path.GetDirectoryName(path)!);
            _files.ReplaceIn(path, content.Span, DurableFileWriter.DefaultMode);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        BlobKey key,
        long offset,
        long length,
        CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        ThrowIfFailed();
        try
        {
            using var handle = File.OpenHandle(path, options: FileOptions.Asynchronous);
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
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(Name, "read", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> OpenAsync(BlobKey key, long length, CancellationToken cancellationToken)
    {
        // An empty range has no pages, and a span ends at two gigabytes.
        if (length is <= 0 or > int.MaxValue)
        {
            return ReadAsync(key, 0, length, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        ThrowIfFailed();
        try
        {
            return new FileInfo(path).Length >= length
                ? ValueTask.FromResult<ReadOnlyMemory<byte>>(new MappedFile(path, (int)length).Memory)
                : throw new BlobMissingException(key.Value);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobMissingException(key.Value);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(Name, "read", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        ThrowIfFailed();
        return ValueTask.FromResult(Head(key, path));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        string prefix,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        await Task.CompletedTask;
        foreach (var name in ListNames(prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.CompareOrdinal(name, after) > 0
                && BlobKey.TryParse(name, out var key)
                && Head(key, PathOf(key)) is { } info)
            {
                yield return info;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken)
    {
        var paths = keys.Select(PathOf).ToArray();
        Write(() =>
        {
            var folders = new HashSet<string>(StringComparer.Ordinal);
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_files.Delete(path))
                {
                    folders.Add(Path.GetDirectoryName(path)!);
                }
            }

            foreach (var folder in folders)
            {
                _files.SyncFolder(folder);
            }

            return true;
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        var oldest = _timeProvider.GetUtcNow().UtcDateTime - age;
        try
        {
            var count = 0;
            foreach (var file in Directory.GetFiles(_scratchFolder).Where(IsOld))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _calls.Delete(file);
                count++;
            }

            return ValueTask.FromResult(count);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(Name, "sweep", exception);
        }

        bool IsOld(string file) => File.GetLastWriteTimeUtc(file) <= oldest;
    }

    // FileInfo.Exists would take a folder that may not be entered for an absent object, and a collector or an audit
    // would believe it.
    private static BlobInfo? Head(BlobKey key, string path)
    {
        try
        {
            var file = new FileInfo(path);
            return new BlobInfo(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(Name, "head", exception);
        }
    }

    // Only the folder that the prefix names whole is walked: one collection's manifests, not all of them.
    private string[] ListNames(string prefix)
    {
        var top = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        try
        {
            return
            [
                .. Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(top))
        {
            return [];
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(Name, "list", exception);
        }
    }

    private void EnsureDurable(string folder)
    {
        if (!_durableFolders.ContainsKey(folder) || !Directory.Exists(folder))
        {
            _files.EnsureFolder(folder);
            _durableFolders[folder] = true;
        }
    }

    private string PathOf(BlobKey key) => key == default
        ? throw new ArgumentException("The default key names no object.", nameof(key))
        : Path.Combine(_root, key.Value.Replace('/', Path.DirectorySeparatorChar));

    private T Write<T>(Func<T> change)
    {
        ThrowIfFailed();
        try
        {
            return change();
        }
        catch (StorageFailedException exception) when (!exception.IsTransient)
        {
            _failure = exception;
            throw;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new StorageFailedException(Name, "any call after a failed write", isTransient: false, failure);
        }
    }
}
