using CsCheck;
using Terroir.Retrieval.Vectors;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Tests.Retrieval.Vectors;

public sealed unsafe class VectorKernelsTests
{
    [Fact]
    public void The_portable_kernels_are_supported_everywhere() =>
        Assert.Equal("portable", VectorPath.Supported[^1].Name);

    [Fact]
    public void Every_width_returns_the_same_bits_as_the_portable_kernels() => Gen
        .Select(Gen.Int[0, 100_000], Gen.Int[1, 24])
        .Sample((seed, steps) =>
        {
            var expected = Results<PortableKernels>(seed, steps);
            Assert.All(Supported(seed, steps), actual => Assert.Equal(expected, actual));
        }, iter: 200, threads: 1);

    [Fact]
    public void Sums_do_not_overflow_at_the_greatest_length()
    {
        const int SizeBytes = VectorLimits.DimensionsMax / 2;
        var codes = new byte[SizeBytes];
        Array.Fill(codes, (byte)255);
        var query = new sbyte[SizeBytes];
        Array.Fill(query, (sbyte)-127);
        fixed (byte* code = codes)
        fixed (sbyte* values = query)
        {
            const int Expected = -127 * 15 * VectorLimits.DimensionsMax;
            Assert.Equal(Expected, PortableKernels.DotNibbles(code, values, values, SizeBytes));
            Assert.True(!Avx512Kernels.IsSupported
                || Avx512Kernels.DotNibbles(code, values, values, SizeBytes) == Expected);
            Assert.True(!Avx2Kernels.IsSupported
                || Avx2Kernels.DotNibbles(code, values, values, SizeBytes) == Expected);
            Assert.True(!Vector128Kernels.IsSupported
                || Vector128Kernels.DotNibbles(code, values, values, SizeBytes) == Expected);
        }
    }

    private static List<int[]> Supported(int seed, int steps)
    {
        var all = new List<int[]>();
        if (Avx512Kernels.IsSupported)
        {
            all.Add(Results<Avx512Kernels>(seed, steps));
        }

        if (Avx2Kernels.IsSupported)
        {
            all.Add(Results<Avx2Kernels>(seed, steps));
        }

        if (Vector128Kernels.IsSupported)
        {
            all.Add(Results<Vector128Kernels>(seed, steps));
        }

        return all;
    }

    // The bits of everything that the kernels return for some input.
    private static int[] Results<TKernels>(int seed, int steps)
        where TKernels : struct, IVectorKernels
    {
        var random = new Random(seed);
        var length = steps * IVectorKernels.LaneCount;
        var codeLength = VectorLimits.Pad(length, IVectorKernels.CodeLaneCount);
        var floats = VectorSet.Normal(random, 6 * length, 1);
        var bytes = new byte[codeLength];
        random.NextBytes(bytes);
        var query = Enumerable.Range(0, codeLength).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
        var block = new byte[BitBlock.SizeBytes(codeLength)];
        random.NextBytes(block.AsSpan(0, codeLength * IVectorKernels.BlockRowCount / BitBlock.GroupSize));
        var factors = VectorSet.Normal(random, 4 * IVectorKernels.BlockRowCount, 1);
        Buffer.BlockCopy(factors, 0, block, block.Length - (4 * factors.Length), 4 * factors.Length);
        var tables = new byte[codeLength / BitBlock.GroupSize * 32];
        for (var at = 0; at < tables.Length; at++)
        {
            tables[at] = (byte)random.Next(128);
        }

        var products = new float[8];
        fixed (float* values = floats, target = products)
        fixed (byte* code = bytes, bits = block, table = tables)
        fixed (sbyte* low = query)
        {
            TKernels.DotTile(values, values + (2 * length), length, target);
            var scan = new ScanConstants
            {
                Tables = table,
                GroupCount = codeLength / BitBlock.GroupSize,
                Step = 0.001f,
                Shift = -0.3f,
                Base = 0.1f,
                Gain = 1.57f,
                Width = 0.7f,
            };
            var survivors = TKernels.Survivors(bits, scan, threshold: 0.4f);
            return
            [
                BitConverter.SingleToInt32Bits(TKernels.Dot(values, values + length, length)),
                BitConverter.SingleToInt32Bits(TKernels.SquaredDistance(values, values + length, length)),
                TKernels.DotNibbles(code, low, low + (codeLength / 2), codeLength / 2),
                (int)survivors,
                (int)(survivors >> 32),
                .. products.Select(BitConverter.SingleToInt32Bits),
            ];
        }
    }
}
