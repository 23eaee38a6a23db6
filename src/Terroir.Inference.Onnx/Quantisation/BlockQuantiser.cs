using System.Buffers.Binary;

namespace Terroir.Inference.Onnx.Quantisation;

/// <summary>Makes the codes and scales of <see cref="BlockFormat"/>. Codes of 4 bits lie two in a byte, the even one
/// low.</summary>
internal static class BlockQuantiser
{
    private const int GgmlLength = 32;

    /// <summary>Quantises one row.</summary>
    /// <param name="format">The format.</param>
    /// <param name="values">The row.</param>
    /// <param name="codes">Receives <see cref="BlockFormat.CodeBytes"/> for each block.</param>
    /// <param name="scales">Receives one scale for each block.</param>
    /// <exception cref="NotFiniteNumberException">A value is infinite or no number.</exception>
    public static void Quantise(BlockFormat format, ReadOnlySpan<float> values, Span<byte> codes, Span<float> scales)
    {
        for (var block = 0; block < scales.Length; block++)
        {
            var start = block * format.Length;
            var part = values.Slice(start, Math.Min(format.Length, values.Length - start));
            var target = codes.Slice(block * format.CodeBytes, format.CodeBytes);
            target.Fill((byte)(format.Bits == 4 ? 0x88 : 0x80));

            // A scale whose inverse is infinite is of a block that is as good as zero.
            var scale = ScaleOf(format, part);
            scales[block] = float.IsFinite(1 / scale) ? scale : 0;
            var inverse = scales[block] == 0 ? 0 : 1 / scales[block];
            for (var index = 0; index < part.Length; index++)
            {
                var code = (int)MathF.Floor((part[index] * inverse) + format.Zero + 0.5f);
                Put(format, target, index, Math.Clamp(code, 0, (1 << format.Bits) - 1));
            }
        }
    }

    /// <summary>Rearranges one row of GGUF Q4_0 without loss.</summary>
    public static void TakeQ40(ReadOnlySpan<byte> stored, Span<byte> codes, Span<float> scales)
    {
        const int Size = 18;
        for (var block = 0; block < scales.Length; block++)
        {
            var source = stored.Slice(block * Size, Size);
            scales[block] = (float)BinaryPrimitives.ReadHalfLittleEndian(source);
            var target = codes.Slice(block * GgmlLength / 2, GgmlLength / 2);
            for (var index = 0; index < GgmlLength / 2; index += 2)
            {
                var (even, odd) = (source[2 + index], source[3 + index]);
                target[index / 2] = (byte)((even & 15) | (odd << 4));
                target[(index / 2) + (GgmlLength / 4)] = (byte)((even >> 4) | (odd & 0xf0));
            }
        }
    }

    /// <summary>Rearranges one row of GGUF Q8_0 without loss: a signed byte becomes a code around 128.</summary>
    public static void TakeQ80(ReadOnlySpan<byte> stored, Span<byte> codes, Span<float> scales)
    {
        const int Size = 34;
        for (var block = 0; block < scales.Length; block++)
        {
            var source = stored.Slice(block * Size, Size);
            scales[block] = (float)BinaryPrimitives.ReadHalfLittleEndian(source);
            for (var index = 0; index < GgmlLength; index++)
            {
                codes[(block * GgmlLength) + index] = (byte)(source[2 + index] ^ 0x80);
            }
        }
    }

    // 4 bits: the value of the greatest magnitude gets code 0, as in ggml (quantize_row_q4_0_ref), because the codes
    // reach one step further down than up. 8 bits: symmetric.
    private static float ScaleOf(BlockFormat format, ReadOnlySpan<float> values)
    {
        var extreme = 0f;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new NotFiniteNumberException(value);
            }

            if (MathF.Abs(value) > MathF.Abs(extreme))
            {
                extreme = value;
            }
        }

        return format.Bits == 4 ? extreme / -format.Zero : MathF.Abs(extreme) / (format.Zero - 1);
    }

    private static void Put(BlockFormat format, Span<byte> codes, int index, int code)
    {
        if (format.Bits == 8)
        {
            codes[index] = (byte)code;
            return;
        }

        ref var pair = ref codes[index / 2];
        pair = (byte)(index % 2 == 0 ? (pair & 0xf0) | code : (pair & 0x0f) | (code << 4));
    }
}
