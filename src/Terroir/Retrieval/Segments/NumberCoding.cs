using System.Buffers;

namespace Terroir.Retrieval.Segments;

/// <summary>Numbers of seven bits a byte, the lowest first, the high bit set on all bytes but the last (LEB128).
/// </summary>
internal static class NumberCoding
{
    private const int NumberBitsMax = 35;
    private const int SizeMax = 10;

    public static void Write(ArrayBufferWriter<byte> writer, ulong value)
    {
        var target = writer.GetSpan(SizeMax);
        var size = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[size++] = (byte)(value | 0x80);
        }

        target[size++] = (byte)value;
        writer.Advance(size);
    }

    /// <summary>Reads a number of at most 32 bits and moves behind it.</summary>
    /// <exception cref="BlobCorruptException">There is none.</exception>
    public static uint Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        if ((uint)at < (uint)bytes.Length && bytes[at] < 0x80)
        {
            return bytes[at++];
        }

        ulong value = 0;
        for (var shift = 0; shift < NumberBitsMax && (uint)at < (uint)bytes.Length; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7Fu) << shift;
            if (part < 0x80)
            {
                return value <= uint.MaxValue ? (uint)value : throw SegmentReader.Corrupt();
            }
        }

        throw SegmentReader.Corrupt();
    }
}
