using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>Numbers of equal width in bits, one after the other from the lowest bit (frame of reference; Lemire and
/// Boytsov, 2015).</summary>
internal static class BitPacking
{
    /// <summary>The greatest width: such a number and its shift fit into eight bytes.</summary>
    public const int WidthMax = 31;

    /// <summary>The width that the greatest of some numbers needs; 0 if all are 0.</summary>
    public static int WidthOf(ReadOnlySpan<int> values)
    {
        var all = 0;
        foreach (var value in values)
        {
            all |= value;
        }

        return 32 - BitOperations.LeadingZeroCount((uint)all);
    }

    /// <summary>How many bytes so many numbers take.</summary>
    public static int SizeOf(int count, int width) => ((count * width) + 7) >> 3;

    /// <summary>Packs numbers.</summary>
    /// <param name="values">0 to 2^31 - 1.</param>
    /// <param name="width">At least <see cref="WidthOf"/>.</param>
    /// <param name="target"><see cref="SizeOf"/> zeros and eight bytes more, which stay as they are.</param>
    public static void Pack(ReadOnlySpan<int> values, int width, Span<byte> target)
    {
        for (var (index, bit) = (0, 0); index < values.Length; index++, bit += width)
        {
            var place = target[(bit >> 3)..];
            var bits = BinaryPrimitives.ReadUInt64LittleEndian(place) | ((ulong)(uint)values[index] << (bit & 7));
            BinaryPrimitives.WriteUInt64LittleEndian(place, bits);
        }
    }

    /// <summary>Unpacks numbers.</summary>
    /// <param name="source"><see cref="SizeOf"/> bytes and eight more, whatever they are.</param>
    /// <param name="width">0 to <see cref="WidthMax"/>.</param>
    /// <param name="values">As many as there are.</param>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<int> values)
    {
        if (width == 0)
        {
            values.Clear();
            return;
        }

        if (source.Length < SizeOf(values.Length, width) + sizeof(ulong))
        {
            throw new ArgumentException("Too few bytes.", nameof(source));
        }

        ref var first = ref MemoryMarshal.GetReference(source);
        var mask = (1UL << width) - 1;
        var bit = 0;
        for (var index = 0; index < values.Length; index++, bit += width)
        {
            var bits = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, bit >> 3));
            values[index] = (int)((bits >> (bit & 7)) & mask);
        }
    }
}
