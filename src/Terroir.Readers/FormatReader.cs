using System.IO.Packaging;
using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Reads one format. It may raise anything on a broken file; the caller turns that into a reason.</summary>
internal abstract class FormatReader
{
    public abstract string Name { get; }

    public abstract ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken);

    /// <summary>Opens the bytes as a package of parts, for reading: asked for a stream, the library would copy it to a
    /// temporary file, which a reading process may not write and a document should not lie in.</summary>
    protected static Package OpenPackage(Stream stream) => Package.Open(stream, FileMode.Open, FileAccess.Read);

    /// <summary>Opens the bytes as a stream, without a copy where they stand in an array.</summary>
    protected static Stream Open(ReadOnlyMemory<byte> content) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out var part)
            ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}

/// <summary>A reader's own verdict on a file.</summary>
internal sealed class UnreadableException(UnreadableReason reason, string advice) : Exception(advice)
{
    public UnreadableReason Reason { get; } = reason;
}
