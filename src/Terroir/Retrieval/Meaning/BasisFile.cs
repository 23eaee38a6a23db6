using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Meaning;

/// <summary>A basis with what it was learned from, as a generation keeps it. The format is
/// <c>docs/formats/basis.md</c>.</summary>
/// <param name="Basis">What was learned.</param>
/// <param name="CommonCount">How many documents were commonly readable then.</param>
/// <param name="Documents">Those that it was learned from.</param>
internal sealed record BasisFile(LatentBasis Basis, int CommonCount, IReadOnlyList<LearnedDocument> Documents)
{
    /// <summary>The layout that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    private const int HeaderSizeBytes = 24;
    private const int DocumentSizeBytes = 24;
    private const int TermSizeBytes = sizeof(int) + sizeof(float);
    private const int HalfSizeBytes = 2;

    private static ReadOnlySpan<byte> Magic => "TEBA"u8;

    /// <summary>Whether bytes are a basis that <see cref="Read"/> takes, if they are not damaged.</summary>
    public static bool IsCurrent(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderSizeBytes + SHA256.HashSizeInBytes
        && bytes.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) == Version
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) == SegmentFormat.WordAnalysis;

    /// <summary>Reads a basis.</summary>
    /// <exception cref="BlobCorruptException">The bytes are none, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote them.</exception>
    public static BasisFile Read(ReadOnlySpan<byte> bytes)
    {
        CheckMarks(bytes);
        var documentCount = ReadInt(bytes, 8);
        var termCount = ReadInt(bytes, 12);
        var namesSize = ReadInt(bytes, 16);
        var termsAt = HeaderSizeBytes + ((long)documentCount * DocumentSizeBytes);
        var namesAt = termsAt + ((long)termCount * TermSizeBytes);
        var vectorsAt = namesAt + namesSize;
        var end = vectorsAt + ((long)termCount * LatentBasis.Dimensions * HalfSizeBytes);
        if (end != bytes.Length - SHA256.HashSizeInBytes)
        {
            throw Corrupt();
        }

        return new BasisFile(
            new LatentBasis(
                ReadTerms(bytes.Slice((int)termsAt, termCount * TermSizeBytes), bytes.Slice((int)namesAt, namesSize)),
                ReadRarities(bytes[(int)termsAt..], termCount),
                ReadVectors(bytes[(int)vectorsAt..(int)end])),
            ReadInt(bytes, 20),
            ReadDocuments(bytes[HeaderSizeBytes..], documentCount));
    }

    /// <summary>Writes the basis; components are rounded to half precision.</summary>
    public byte[] ToArray()
    {
        var names = Basis.Terms.Select(Encoding.UTF8.GetBytes).ToArray();
        var size = HeaderSizeBytes + (Documents.Count * DocumentSizeBytes) + (names.Length * TermSizeBytes)
            + names.Sum(name => name.Length) + (Basis.Vectors.Length * HalfSizeBytes) + SHA256.HashSizeInBytes;
        var bytes = new byte[size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), SegmentFormat.WordAnalysis);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Documents.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), names.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), names.Sum(name => name.Length));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), CommonCount);
        var rest = bytes.AsSpan(HeaderSizeBytes);
        foreach (var document in Documents)
        {
            Convert.FromHexString(document.Id.Value).CopyTo(rest);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[16..], document.Version);
            rest = rest[DocumentSizeBytes..];
        }

        WriteTerms(names, rest);
        SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes), bytes.AsSpan(^SHA256.HashSizeInBytes..));
        return bytes;
    }

    private static BlobCorruptException Corrupt() => new("basis");

    private void WriteTerms(byte[][] names, Span<byte> rest)
    {
        var end = 0;
        for (var term = 0; term < names.Length; term++)
        {
            end += names[term].Length;
            BinaryPrimitives.WriteInt32LittleEndian(rest, end);
            BinaryPrimitives.WriteSingleLittleEndian(rest[sizeof(int)..], Basis.Rarities[term]);
            rest = rest[TermSizeBytes..];
        }

        foreach (var name in names)
        {
            name.CopyTo(rest);
            rest = rest[name.Length..];
        }

        foreach (var component in Basis.Vectors)
        {
            BinaryPrimitives.WriteHalfLittleEndian(rest, (Half)component);
            rest = rest[HalfSizeBytes..];
        }
    }

    private static void CheckMarks(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSizeBytes + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
        {
            throw Corrupt();
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^SHA256.HashSizeInBytes], digest);
        if (!digest.SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw Corrupt();
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        var analysis = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (version != Version || analysis != SegmentFormat.WordAnalysis)
        {
            throw new SegmentUnsupportedException(version, analysis);
        }
    }

    private static LearnedDocument[] ReadDocuments(ReadOnlySpan<byte> bytes, int count)
    {
        var documents = new LearnedDocument[count];
        for (var index = 0; index < count; index++)
        {
            var record = bytes.Slice(index * DocumentSizeBytes, DocumentSizeBytes);
            documents[index] = new LearnedDocument(
                DocumentId.Parse(Convert.ToHexStringLower(record[..16])),
                BinaryPrimitives.ReadUInt64LittleEndian(record[16..]));
        }

        return documents;
    }

    private static string[] ReadTerms(ReadOnlySpan<byte> records, ReadOnlySpan<byte> names)
    {
        var terms = new string[records.Length / TermSizeBytes];
        var start = 0;
        for (var term = 0; term < terms.Length; term++)
        {
            var end = ReadInt(records, term * TermSizeBytes);
            if (end <= start || end > names.Length)
            {
                throw Corrupt();
            }

            terms[term] = Encoding.UTF8.GetString(names[start..end]);
            if (term > 0 && string.CompareOrdinal(terms[term - 1], terms[term]) >= 0)
            {
                throw Corrupt();
            }

            start = end;
        }

        return start == names.Length ? terms : throw Corrupt();
    }

    private static float[] ReadRarities(ReadOnlySpan<byte> records, int count)
    {
        var rarities = new float[count];
        for (var term = 0; term < count; term++)
        {
            rarities[term] = BinaryPrimitives.ReadSingleLittleEndian(records[((term * TermSizeBytes) + sizeof(int))..]);
        }

        return rarities;
    }

    private static float[] ReadVectors(ReadOnlySpan<byte> bytes)
    {
        var vectors = new float[bytes.Length / HalfSizeBytes];
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(index * HalfSizeBytes)..]);
        }

        return vectors;
    }

    private static int ReadInt(ReadOnlySpan<byte> bytes, int at)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        return value <= int.MaxValue ? (int)value : throw Corrupt();
    }
}

/// <summary>A document that a basis was learned from.</summary>
/// <param name="Id">The document.</param>
/// <param name="Version">The first eight bytes of its version's hash.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LearnedDocument(DocumentId Id, ulong Version)
{
    /// <summary>Describes a version.</summary>
    public static LearnedDocument Of(Storage.DocumentVersion version) =>
        new(version.Id, VersionOf(version.Version));

    /// <summary>The first eight bytes of a version's hash.</summary>
    public static ulong VersionOf(ContentHash version) => ulong.Parse(
        version.Hex.AsSpan(0, 16),
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);
}
