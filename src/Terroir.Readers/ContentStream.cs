using System.Runtime.InteropServices;

namespace Terroir.Readers;

/// <summary>Bytes in memory as a stream.</summary>
internal static class ContentStream
{
    /// <summary>Opens the bytes for reading, without a copy where they stand in an array.</summary>
    public static Stream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var part)
            ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
