using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Terroir.Storage.Embedded;

/// <summary>A file in the address space of the process: its pages are read when they are touched, and belong to the
/// system's cache.</summary>
/// <remarks>The mapping ends when nothing refers to its memory any more, and never while something does: an early end
/// would take the bytes away under whoever reads them. Deleting the file leaves them readable.</remarks>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    /// <summary>Maps the start of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes; positive, and not more than it has.</param>
    public MappedFile(string path, int length)
    {
        _length = length;

        // The view stays when the file is closed.
        using var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        using var file = MemoryMappedFile.CreateFromFile(
            handle,
            mapName: null,
            capacity: 0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: true);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);

        // Without a count of users: the view's handle unmaps it when this object is not referenced any more.
        _start = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex, default, this);

    /// <inheritdoc/>
    public override void Unpin()
    {
        // Mapped memory does not move.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _view.Dispose();
        }
    }
}
