using System.Runtime.InteropServices;
using Terroir.Retrieval.Meaning;

namespace Terroir.Retrieval.Derived;

/// <summary>The vectors of a segment's documents under a basis, read where they stand. The layout is in
/// <c>docs/formats/derived.md</c>.</summary>
internal static class VectorFile
{
    /// <summary>The layout. It is raised too when the same basis gives a document another vector.</summary>
    public const ushort Version = 1;

    // Two hashes, and zeros up to where a vector may begin.
    private const int HeaderSizeBytes = 120;
    private const int HashSizeBytes = 32;

    private static ReadOnlySpan<byte> Magic => "TEDV"u8;

    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, VectorFileName name, DocumentVectors vectors) =>
        DerivedFile.Write(stream, Magic, Version, writer =>
        {
            writer.Write(Convert.FromHexString(name.Segment.Hex));
            writer.Write(Convert.FromHexString(name.Basis.Hex));
            writer.Write(new byte[HeaderSizeBytes - (2 * HashSizeBytes)]);
            for (var document = 0; document < vectors.Count; document++)
            {
                writer.Write(MemoryMarshal.AsBytes(vectors.Of(document)));
            }
        });

    /// <summary>Checks a file.</summary>
    /// <returns>The vectors, or <see langword="null"/> if they are others or not as they were written.</returns>
    public static DocumentVectors? Read(ReadOnlyMemory<byte> file, VectorFileName name, int documentCount)
    {
        if (DerivedFile.Check(file, Magic, Version) is not { } content
            || content.Length != HeaderSizeBytes + ((long)documentCount * DocumentVectors.SizeBytes))
        {
            return null;
        }

        var header = content.Span[..HeaderSizeBytes];
        return ContentHash.FromDigest(header[..HashSizeBytes]) == name.Segment
            && ContentHash.FromDigest(header.Slice(HashSizeBytes, HashSizeBytes)) == name.Basis
                ? new DocumentVectors(content[HeaderSizeBytes..])
                : null;
    }
}

/// <summary>What a file of vectors is named by.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Segment">The segment.</param>
/// <param name="Basis">The basis.</param>
internal readonly record struct VectorFileName(CollectionId Collection, ContentHash Segment, ContentHash Basis)
{
    // Enough to tell them apart; the file holds the whole hashes.
    private const int DigitCount = 32;

    /// <summary>How the names of a collection's files begin.</summary>
    public static string PrefixOf(CollectionId collection) => $"vectors.{collection.Value}.";

    public override string ToString() =>
        $"{PrefixOf(Collection)}{Segment.Hex[..DigitCount]}.{Basis.Hex[..DigitCount]}";
}
