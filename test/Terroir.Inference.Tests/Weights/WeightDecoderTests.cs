using System.Buffers.Binary;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>Blocks against formulas that read single bits, written from the structures of ggml.</summary>
public sealed class WeightDecoderTests
{
    private readonly Random _random = new(5);

    [Fact]
    public void Q4_0_keeps_its_first_half_in_low_nibbles()
    {
        var block = Block(18);
        var scale = HalfAt(block, 0);
        Expect(WeightType.Q40, block, index =>
            (((index < 16 ? block[2 + index] : block[index - 14] >> 4) & 15) - 8) * scale);
    }

    [Fact]
    public void Q8_0_keeps_signed_bytes()
    {
        var block = Block(34);
        var scale = HalfAt(block, 0);
        Expect(WeightType.Q80, block, index => (sbyte)block[2 + index] * scale);
    }

    // get_scale_min_k4 of ggml-quants.c.
    [Fact]
    public void Q4_K_keeps_a_scale_and_a_minimum_of_six_bits_for_each_32_values()
    {
        var block = Block(144);
        var (scale, minimum) = (HalfAt(block, 0), HalfAt(block, 2));
        var packed = block[4..16];
        int GroupScale(int j) => j < 4 ? packed[j] & 63 : (packed[j + 4] & 0xF) | ((packed[j - 4] >> 6) << 4);
        int GroupMinimum(int j) => j < 4 ? packed[j + 4] & 63 : (packed[j + 4] >> 4) | ((packed[j] >> 6) << 4);
        Expect(WeightType.Q4K, block, index =>
        {
            var (pair, inPair) = (index / 64, index % 64);
            var both = block[16 + (pair * 32) + (inPair % 32)];
            var code = inPair < 32 ? both & 0xF : both >> 4;
            return (scale * GroupScale(index / 32) * code) - (minimum * GroupMinimum(index / 32));
        });
    }

    // dequantize_row_q6_K of ggml-quants.c: four values for each position of 32.
    [Fact]
    public void Q6_K_keeps_its_upper_two_bits_apart()
    {
        var block = Block(210);
        var scale = HalfAt(block, 208);
        var expected = new float[256];
        for (var half = 0; half < 2; half++)
        {
            var (low, high, scales) = (half * 64, 128 + (half * 32), 192 + (half * 8));
            for (var l = 0; l < 32; l++)
            {
                int[] codes =
                [
                    ((block[low + l] & 0xF) | (((block[high + l] >> 0) & 3) << 4)) - 32,
                    ((block[low + l + 32] & 0xF) | (((block[high + l] >> 2) & 3) << 4)) - 32,
                    ((block[low + l] >> 4) | (((block[high + l] >> 4) & 3) << 4)) - 32,
                    ((block[low + l + 32] >> 4) | (((block[high + l] >> 6) & 3) << 4)) - 32,
                ];
                for (var part = 0; part < 4; part++)
                {
                    expected[(half * 128) + l + (32 * part)] =
                        scale * (sbyte)block[scales + (l / 16) + (2 * part)] * codes[part];
                }
            }
        }

        Expect(WeightType.Q6K, block, index => expected[index]);
    }

    private static float HalfAt(byte[] block, int at) => (float)BinaryPrimitives.ReadHalfLittleEndian(block.AsSpan(at));

    private static void Expect(WeightType type, byte[] block, Func<int, float> expected)
    {
        var values = new float[type.BlockLength()];
        WeightDecoder.Decode(type, block, values);
        Assert.Equal(Enumerable.Range(0, values.Length).Select(expected), values);
    }

    // Random bits; scales that are numbers.
    private byte[] Block(int size)
    {
        var block = new byte[size];
        _random.NextBytes(block);
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)0.25);
        BinaryPrimitives.WriteHalfLittleEndian(block.AsSpan(size == 210 ? 208 : size == 144 ? 2 : 0), (Half)0.75);
        return block;
    }
}
