using System.IO.MemoryMappedFiles;

namespace Terroir.Inference.Onnx.Weights;

/// <summary>A weight file, mapped for reading. The operating system keeps in memory what is used.</summary>
internal sealed unsafe class MappedWeights : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private MappedWeights(string path, long sizeBytes)
    {
        Name = Path.GetFileName(path);
        SizeBytes = sizeBytes;
        using var file = MemoryMappedFile.CreateFromFile(
            path,
            FileMode.Open,
            mapName: null,
            capacity: 0,
            MemoryMappedFileAccess.Read);
        _view = file.CreateViewAccessor(0, sizeBytes, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + _view.PointerOffset;
    }

    /// <summary>The name of the file, without its path.</summary>
    public string Name { get; }

    /// <summary>The size of the file when it was opened.</summary>
    public long SizeBytes { get; }

    public bool IsDisposed => _view.SafeMemoryMappedViewHandle.IsClosed;

    /// <summary>Maps a file.</summary>
    /// <exception cref="WeightsUnusableException">The file is absent or empty.</exception>
    public static MappedWeights Open(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            throw new WeightsUnusableException(
                file.Name,
                file.Exists ? WeightsProblem.Truncated : WeightsProblem.Missing);
        }

        return new MappedWeights(path, file.Length);
    }

    /// <summary>Returns where a range begins, once it is known to lie in the file.</summary>
    /// <exception cref="WeightsUnusableException">It does not.</exception>
    public byte* Slice(long offset, long sizeBytes)
    {
        if (offset < 0 || sizeBytes < 0 || offset > SizeBytes - sizeBytes)
        {
            throw new WeightsUnusableException(Name, WeightsProblem.Truncated);
        }

        return _start + offset;
    }

    public ReadOnlySpan<byte> Read(long offset, int sizeBytes) => new(Slice(offset, sizeBytes), sizeBytes);

    public void Dispose()
    {
        if (!IsDisposed)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
    }
}
