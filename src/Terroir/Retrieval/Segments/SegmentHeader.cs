using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>The counts of a segment, and where its sections begin.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentHeader(
    int DocumentCount,
    int PassageCount,
    int TermCount,
    int NamesSize,
    int PostingsSize,
    int LengthSize,
    ushort Analysis)
{
    /// <summary>How many bytes a length of a passage takes where none is greater than 65,535.</summary>
    public const int ShortLengthSize = 2;

    public long FirstsAt => SegmentFormat.HeaderSizeBytes + ((long)DocumentCount * SegmentFormat.IdSizeBytes);

    public long LengthsAt => FirstsAt + ((long)DocumentCount * SegmentFormat.NumberSizeBytes);

    public long PassagesAt => LengthsAt + ((long)DocumentCount * SegmentFormat.NumberSizeBytes);

    public long TermsAt => PassagesAt + ((long)PassageCount * LengthSize);

    public long NamesAt => TermsAt + ((long)TermCount * SegmentFormat.TermSizeBytes);

    public long PostingsAt => NamesAt + NamesSize;

    /// <summary>Everything but the digests.</summary>
    public long BodySize => PostingsAt + PostingsSize + SegmentFormat.PaddingSizeBytes;

    public int ChunkCount => SegmentFormat.ChunkCount(BodySize);

    /// <summary>The whole segment.</summary>
    public long SizeBytes => BodySize + ((ChunkCount + 1L) * SegmentFormat.DigestSizeBytes);

    public static SegmentHeader Read(ReadOnlySpan<byte> bytes) => new(
        ReadInt(bytes, 8),
        ReadInt(bytes, 12),
        ReadInt(bytes, 16),
        ReadInt(bytes, 20),
        ReadInt(bytes, 24),
        ReadInt(bytes, 28) is var size and (ShortLengthSize or sizeof(int)) ? size : throw SegmentReader.Corrupt(),
        SegmentFormat.AnalysisOf(bytes));

    public void Write(Span<byte> target)
    {
        SegmentFormat.Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(target[4..], SegmentFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(target[6..], Analysis);
        var at = 8;
        foreach (var count in (ReadOnlySpan<int>)
            [DocumentCount, PassageCount, TermCount, NamesSize, PostingsSize, LengthSize])
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[at..], count);
            at += sizeof(int);
        }
    }

    /// <summary>Reads a number that is not negative.</summary>
    /// <exception cref="BlobCorruptException">It is.</exception>
    internal static int ReadInt(ReadOnlySpan<byte> bytes, int at)
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
        return value >= 0 ? value : throw SegmentReader.Corrupt();
    }
}
