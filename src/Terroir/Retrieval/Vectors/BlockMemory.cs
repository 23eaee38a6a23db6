using System.IO.MemoryMappedFiles;

namespace Terroir.Retrieval.Vectors;

/// <summary>A block's bytes at a fixed address: a mapped file or a pinned array.</summary>
/// <remarks>Disposing it while a search runs is safe: the bytes stay until the last user lets go.</remarks>
internal sealed unsafe class BlockMemory : IDisposable
{
    private readonly Action _release;
    private int _userCount = 1;
    private int _isDisposed;

    private BlockMemory(byte* start, long sizeBytes, Action release)
    {
        Start = start;
        SizeBytes = sizeBytes;
        _release = release;
    }

    /// <summary>The first byte; valid between <see cref="TryEnter"/> and <see cref="Leave"/>.</summary>
    public byte* Start { get; }

    public long SizeBytes { get; }

    /// <summary>Maps a file for reading. It must not be changed or cut while it is mapped.</summary>
    public static BlockMemory Map(string path)
    {
        var size = new FileInfo(path).Length;
        if (size == 0)
        {
            return Pin(ReadOnlyMemory<byte>.Empty);
        }

        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new BlockMemory(start + view.PointerOffset, size, () =>
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        });
    }

    /// <summary>Pins bytes that are in memory; they are not copied and must not change.</summary>
    public static BlockMemory Pin(ReadOnlyMemory<byte> content)
    {
        var handle = content.Pin();
        return new BlockMemory((byte*)handle.Pointer, content.Length, handle.Dispose);
    }

    /// <summary>Keeps the bytes until <see cref="Leave"/>.</summary>
    /// <returns>False when they are gone.</returns>
    public bool TryEnter()
    {
        for (var count = Volatile.Read(ref _userCount); count > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _userCount, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _userCount) == 0)
        {
            _release();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Leave();
        }
    }
}
