namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>The kernels without any vector instruction: what the others must equal, and what runs everywhere.</summary>
internal readonly unsafe struct PortableKernels : IVectorKernels
{
    private const int Lanes = IVectorKernels.LaneCount;
    private const int AccumulatorCount = 4;

    public static bool IsSupported => true;

    public static float Dot(float* a, float* b, int length)
    {
        Span<float> sums = stackalloc float[Lanes * AccumulatorCount];
        sums.Clear();
        for (var at = 0; at < length; at++)
        {
            ref var sum = ref sums[at % sums.Length];
            sum = MathF.FusedMultiplyAdd(a[at], b[at], sum);
        }

        return Join(sums);
    }

    public static float SquaredDistance(float* a, float* b, int length)
    {
        Span<float> sums = stackalloc float[Lanes * AccumulatorCount];
        sums.Clear();
        for (var at = 0; at < length; at++)
        {
            var difference = a[at] - b[at];
            ref var sum = ref sums[at % sums.Length];
            sum = MathF.FusedMultiplyAdd(difference, difference, sum);
        }

        return Join(sums);
    }

    public static void DotTile(float* rows, float* others, int length, float* products)
    {
        Span<float> sums = stackalloc float[Lanes];
        for (var product = 0; product < 8; product++)
        {
            var a = rows + (product / 4 * length);
            var b = others + (product % 4 * length);
            sums.Clear();
            for (var at = 0; at < length; at++)
            {
                ref var sum = ref sums[at % Lanes];
                sum = MathF.FusedMultiplyAdd(a[at], b[at], sum);
            }

            products[product] = LaneSum.Of(sums);
        }
    }

    public static int DotNibbles(byte* codes, sbyte* low, sbyte* high, int sizeBytes)
    {
        var sum = 0;
        for (var at = 0; at < sizeBytes; at++)
        {
            sum += ((codes[at] & 15) * low[at]) + ((codes[at] >> 4) * high[at]);
        }

        return sum;
    }

    public static ulong Survivors(byte* block, in ScanConstants scan, float threshold)
    {
        var survivors = 0UL;
        for (var row = 0; row < IVectorKernels.BlockRowCount; row++)
        {
            var sum = 0;
            for (var group = 0; group < scan.GroupCount; group++)
            {
                var code = block[BitBlock.CodeAt(row, group)];
                sum += scan.Tables[(group * 32) + (code & 15)] + scan.Tables[(group * 32) + 16 + (code >> 4)];
            }

            if (Bound(block, row, sum, scan) >= threshold)
            {
                survivors |= 1UL << row;
            }
        }

        return survivors;
    }

    private static float Bound(byte* block, int row, int sum, in ScanConstants scan)
    {
        var offset = *(float*)(block + BitBlock.FactorAt(row, 0, scan.GroupCount));
        var scale = *(float*)(block + BitBlock.FactorAt(row, 1, scan.GroupCount));
        var fold = *(float*)(block + BitBlock.FactorAt(row, 2, scan.GroupCount));
        var error = *(float*)(block + BitBlock.FactorAt(row, 3, scan.GroupCount));
        var product = MathF.FusedMultiplyAdd(sum, scan.Step, scan.Shift);
        var inner = MathF.FusedMultiplyAdd(scale, product, -fold);
        var bound = MathF.FusedMultiplyAdd(scan.Gain, inner, scan.Base + offset);
        return MathF.FusedMultiplyAdd(scan.Width, error, bound);
    }

    private static float Join(Span<float> sums)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            sums[lane] = sums[lane] + sums[lane + Lanes] + (sums[lane + (2 * Lanes)] + sums[lane + (3 * Lanes)]);
        }

        return LaneSum.Of(sums[..Lanes]);
    }
}
