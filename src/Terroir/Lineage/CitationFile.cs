using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terroir.Lineage;

/// <summary>The file <c>citations</c> of derived files: <c>docs/formats/derived.md</c>.</summary>
internal static class CitationFile
{
    /// <summary>Its name.</summary>
    public const string Name = "citations";

    private const int HeaderSizeBytes = 8 + 8 + 32;

    private const int EntrySizeBytes = 32 + 16 + 8;

    private static ReadOnlySpan<byte> Magic => "TEDC\x01\0\0\0"u8;

    /// <summary>Writes the index up to a place.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="next">The place after the last event that was looked at.</param>
    /// <param name="last">The hash of that event's entry.</param>
    /// <param name="entries">What was found.</param>
    public static void Write(Stream stream, long next, ContentHash last, IReadOnlyList<CitationEntry> entries)
    {
        var bytes = new byte[HeaderSizeBytes + (entries.Count * EntrySizeBytes) + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), next);
        Convert.FromHexString(last.Hex, bytes.AsSpan(16, 32), out _, out _);
        var at = HeaderSizeBytes;
        foreach (var entry in entries)
        {
            Convert.FromHexString(entry.Version.Hex, bytes.AsSpan(at, 32), out _, out _);
            Convert.FromHexString(entry.Document.Value, bytes.AsSpan(at + 32, 16), out _, out _);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 48), entry.Place);
            at += EntrySizeBytes;
        }

        SHA256.HashData(bytes.AsSpan(..at), bytes.AsSpan(at));
        stream.Write(bytes);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>The index; <see langword="null"/> if the bytes are no such file or not as they were written.</returns>
    public static (long Next, ContentHash Last, List<CitationEntry> Entries)? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSizeBytes + SHA256.HashSizeInBytes
            || !bytes.StartsWith(Magic)
            || (bytes.Length - HeaderSizeBytes - SHA256.HashSizeInBytes) % EntrySizeBytes != 0)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^SHA256.HashSizeInBytes], digest);
        if (!digest.SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            return null;
        }

        var entries = new List<CitationEntry>();
        for (var at = HeaderSizeBytes; at < bytes.Length - SHA256.HashSizeInBytes; at += EntrySizeBytes)
        {
            entries.Add(new CitationEntry(
                ContentHash.FromDigest(bytes.Slice(at, 32)),
                ReadDocument(bytes.Slice(at + 32, 16)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 48)..])));
        }

        return (
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            ContentHash.FromDigest(bytes.Slice(16, 32)),
            entries);
    }

    private static DocumentId ReadDocument(ReadOnlySpan<byte> id) =>
        id.IndexOfAnyExcept((byte)0) < 0 ? default : DocumentId.Parse(Convert.ToHexStringLower(id));
}
