using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors;

/// <summary>A block's bytes at a fixed address: a mapped file or a pinned array.</summary>
/// <remarks>Disposing it while a search runs is safe: the bytes stay until the last user lets go.</remarks>
internal sealed unsafe class BlockMemory : IDisposable
{
    private readonly Owner _owner;
    private int _userCount = 1;
    private int _isDisposed;

    private BlockMemory(byte* start, long sizeBytes, Action release)
    {
        Start = start;
        SizeBytes = sizeBytes;
        _owner = new Owner(release);
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
            _owner.Dispose();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Leave();
        }
    }

    /// <summary>Lets go of the bytes, also when nobody disposed of them: a snapshot of a collection is shared and ends
    /// with its last search.</summary>
    private sealed class Owner : SafeHandle
    {
        private readonly Action _release;

        public Owner(Action release)
            : base(invalidHandleValue: 0, ownsHandle: true)
        {
            _release = release;
            SetHandle(1);
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            _release();
            return true;
        }
    }
}
