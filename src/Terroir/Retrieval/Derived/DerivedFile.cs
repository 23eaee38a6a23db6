using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Terroir.Retrieval.Derived;

/// <summary>The frame of a derived file: a mark and a layout before the content, its SHA-256 behind. See
/// <c>docs/formats/derived.md</c>.</summary>
internal static class DerivedFile
{
    /// <summary>The mark (4), the layout (2), zeros (2).</summary>
    public const int HeaderSizeBytes = 8;

    private const int BufferSizeBytes = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="magic">Four bytes.</param>
    /// <param name="version">The layout of the content.</param>
    /// <param name="write">Writes the content; numbers are little endian.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> magic, ushort version, Action<BinaryWriter> write)
    {
        using var sha = SHA256.Create();
        using (var hashed = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashed, BufferSizeBytes))
        using (var writer = new BinaryWriter(buffered, Encoding.UTF8))
        {
            writer.Write(magic);
            writer.Write((uint)version);
            write(writer);
        }

        stream.Write(sha.Hash!);
    }

    /// <summary>Checks a whole file.</summary>
    /// <returns>The content, or <see langword="null"/> if the bytes are no such file or not as they were written.
    /// </returns>
    public static ReadOnlyMemory<byte>? Check(ReadOnlyMemory<byte> file, ReadOnlySpan<byte> magic, ushort version)
    {
        var bytes = file.Span;
        if (bytes.Length < HeaderSizeBytes + SHA256.HashSizeInBytes
            || !bytes.StartsWith(magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != version)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^SHA256.HashSizeInBytes], digest);
        return digest.SequenceEqual(bytes[^SHA256.HashSizeInBytes..])
            ? file[HeaderSizeBytes..^SHA256.HashSizeInBytes]
            : null;
    }
}
