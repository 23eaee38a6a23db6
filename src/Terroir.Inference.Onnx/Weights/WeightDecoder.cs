using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Weights;

/// <summary>Stored values as binary32. The layouts of blocks are those of ggml (<c>ggml-quants.c</c>,
/// <c>dequantize_row_*</c>).</summary>
internal static class WeightDecoder
{
    public static void Decode(WeightType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type)
        {
            case WeightType.F32:
                source.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case WeightType.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(source);
                for (var index = 0; index < destination.Length; index++)
                {
                    destination[index] = (float)halves[index];
                }

                break;
            case WeightType.Bf16:
                DecodeBf16(source, destination);
                break;
            default:
                DecodeBlocks(type, source, destination);
                break;
        }
    }

    private static void DecodeBf16(ReadOnlySpan<byte> source, Span<float> destination)
    {
        var upper = MemoryMarshal.Cast<byte, ushort>(source);
        for (var index = 0; index < destination.Length; index++)
        {
            destination[index] = BitConverter.UInt32BitsToSingle((uint)upper[index] << 16);
        }
    }

    private static void DecodeBlocks(WeightType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        var (length, size) = (type.BlockLength(), type.BlockBytes());
        for (var block = 0; block < destination.Length / length; block++)
        {
            var stored = source.Slice(block * size, size);
            var values = destination.Slice(block * length, length);
            switch (type)
            {
                case WeightType.Q80:
                    DecodeQ80(stored, values);
                    break;
                case WeightType.Q40:
                    DecodeQ40(stored, values);
                    break;
                case WeightType.Q4K:
                    DecodeQ4K(stored, values);
                    break;
                default:
                    DecodeQ6K(stored, values);
                    break;
            }
        }
    }

    private static float Scale(ReadOnlySpan<byte> source) => (float)BinaryPrimitives.ReadHalfLittleEndian(source);

    private static void DecodeQ80(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Scale(block);
        for (var index = 0; index < 32; index++)
        {
            values[index] = (sbyte)block[2 + index] * scale;
        }
    }

    // The low nibbles are the first 16 values, the high ones the last 16.
    private static void DecodeQ40(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Scale(block);
        for (var index = 0; index < 16; index++)
        {
            values[index] = ((block[2 + index] & 15) - 8) * scale;
            values[index + 16] = ((block[2 + index] >> 4) - 8) * scale;
        }
    }

    // Two halves d and dmin, 12 bytes of eight 6-bit scales and eight 6-bit minima, 128 bytes of nibbles: of each 32
    // bytes the low nibbles are one group and the high ones the next.
    private static void DecodeQ4K(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (scale, minimum) = (Scale(block), Scale(block[2..]));
        var packed = block.Slice(4, 12);
        for (var group = 0; group < 8; group++)
        {
            var (groupScale, groupMinimum) = group < 4
                ? (packed[group] & 63, packed[group + 4] & 63)
                : ((packed[group + 4] & 15) | (packed[group - 4] >> 6 << 4),
                    (packed[group + 4] >> 4) | (packed[group] >> 6 << 4));
            var nibbles = block.Slice(16 + (group / 2 * 32), 32);
            for (var index = 0; index < 32; index++)
            {
                var value = group % 2 == 0 ? nibbles[index] & 15 : nibbles[index] >> 4;
                values[(group * 32) + index] = (scale * groupScale * value) - (minimum * groupMinimum);
            }
        }
    }

    // 128 bytes of low nibbles, 64 bytes of high pairs of bits, 16 scales of 8 bits, one half.
    private static void DecodeQ6K(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Scale(block[208..]);
        for (var half = 0; half < 2; half++)
        {
            var low = block.Slice(half * 64, 64);
            var high = block.Slice(128 + (half * 32), 32);
            var scales = block.Slice(192 + (half * 8), 8);
            for (var index = 0; index < 128; index++)
            {
                var (quarter, lane) = (index / 32, index % 32);
                var nibble = low[lane + (quarter % 2 * 32)] >> (quarter / 2 * 4) & 15;
                var value = (nibble | ((high[lane] >> (quarter * 2) & 3) << 4)) - 32;
                values[(half * 128) + index] = scale * (sbyte)scales[(quarter * 2) + (lane / 16)] * value;
            }
        }
    }
}
