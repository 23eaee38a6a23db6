using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terroir.Retrieval.Vectors;

/// <summary>Checks a block before anything of it is used.</summary>
internal static unsafe class VectorBlockCheck
{
    // What is hashed at once; spans count in 32 bits.
    private const int HashedSizeMax = 1 << 28;

    /// <summary>Checks length, checksums and places.</summary>
    /// <exception cref="BlobCorruptException">The bytes are no block, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote them.</exception>
    public static (VectorBlockHeader Header, VectorBlockFormat Format) Run(BlockMemory memory)
    {
        if (memory.SizeBytes < VectorBlockFormat.HeaderSizeBytes)
        {
            throw Corrupt();
        }

        var bytes = new ReadOnlySpan<byte>(memory.Start, VectorBlockFormat.HeaderSizeBytes);
        if (!bytes.StartsWith(VectorBlockFormat.Magic))
        {
            throw Corrupt();
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (version != VectorBlockFormat.Version)
        {
            throw new SegmentUnsupportedException(version, analysis: 0);
        }

        var header = VectorBlockHeader.Read(bytes) ?? throw Corrupt();
        var format = new VectorBlockFormat(header.Dimensions, header.RowCount, header.ListCount);
        if (format.SizeBytes != memory.SizeBytes)
        {
            throw Corrupt();
        }

        CheckHashes(memory, format);
        CheckStarts(memory, format);
        return (header, format);
    }

    private static void CheckHashes(BlockMemory memory, VectorBlockFormat format)
    {
        var footer = new ReadOnlySpan<byte>(memory.Start + format.FooterAt, VectorBlockFormat.FooterSizeBytes);
        var hashes = footer[..^VectorBlockFormat.HashSizeBytes];
        var header = new ReadOnlySpan<byte>(memory.Start, VectorBlockFormat.HeaderSizeBytes);
        if (!SHA256.HashData([.. header, .. hashes]).AsSpan().SequenceEqual(footer[^VectorBlockFormat.HashSizeBytes..]))
        {
            throw Corrupt();
        }

        for (var section = 0; section < VectorBlockFormat.SectionCount; section++)
        {
            var start = format.StartOf((VectorSection)section);
            var end = section + 1 < VectorBlockFormat.SectionCount
                ? format.StartOf((VectorSection)(section + 1))
                : format.FooterAt;
            var stored = hashes.Slice(section * VectorBlockFormat.HashSizeBytes, VectorBlockFormat.HashSizeBytes);
            if (!Hash(memory.Start + start, end - start).AsSpan().SequenceEqual(stored))
            {
                throw Corrupt();
            }
        }
    }

    private static byte[] Hash(byte* start, long size)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long at = 0; at < size; at += HashedSizeMax)
        {
            hash.AppendData(new ReadOnlySpan<byte>(start + at, (int)Math.Min(HashedSizeMax, size - at)));
        }

        return hash.GetHashAndReset();
    }

    private static void CheckStarts(BlockMemory memory, VectorBlockFormat format)
    {
        var starts = new ReadOnlySpan<int>(
            memory.Start + format.StartOf(VectorSection.Starts),
            format.ListCount + 1);
        if (starts[0] != 0 || starts[^1] != format.RowCount)
        {
            throw Corrupt();
        }

        for (var list = 0; list < format.ListCount; list++)
        {
            if (starts[list] > starts[list + 1])
            {
                throw Corrupt();
            }
        }
    }

    private static BlobCorruptException Corrupt() => new("vector block");
}
