using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>The kernels for registers of 128 bits (NEON, or SSSE3 with FMA): four of them make the 16 lanes.</summary>
internal readonly unsafe struct Vector128Kernels : IVectorKernels
{
    private const int Quarter = IVectorKernels.LaneCount / 4;
    private const int Lanes = IVectorKernels.LaneCount;
    private const int AccumulatorCount = 4;

    public static bool IsSupported => AdvSimd.Arm64.IsSupported || (Ssse3.IsSupported && Fma.IsSupported);

    public static float Dot(float* a, float* b, int length)
    {
        var sums = stackalloc Vector128<float>[AccumulatorCount * 4];
        new Span<Vector128<float>>(sums, AccumulatorCount * 4).Clear();
        for (var at = 0; at < length; at += Quarter)
        {
            var sum = sums + (at / Quarter % (AccumulatorCount * 4));
            *sum = Vector128.FusedMultiplyAdd(Vector128.Load(a + at), Vector128.Load(b + at), *sum);
        }

        return Join(sums);
    }

    public static float SquaredDistance(float* a, float* b, int length)
    {
        var sums = stackalloc Vector128<float>[AccumulatorCount * 4];
        new Span<Vector128<float>>(sums, AccumulatorCount * 4).Clear();
        for (var at = 0; at < length; at += Quarter)
        {
            var difference = Vector128.Load(a + at) - Vector128.Load(b + at);
            var sum = sums + (at / Quarter % (AccumulatorCount * 4));
            *sum = Vector128.FusedMultiplyAdd(difference, difference, *sum);
        }

        return Join(sums);
    }

    public static void DotTile(float* rows, float* others, int length, float* products)
    {
        for (var product = 0; product < 8; product++)
        {
            var a = rows + (product / 4 * length);
            var b = others + (product % 4 * length);
            Vector128<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var at = 0; at < length; at += Lanes)
            {
                s0 = Vector128.FusedMultiplyAdd(Vector128.Load(a + at), Vector128.Load(b + at), s0);
                s1 = Vector128.FusedMultiplyAdd(Vector128.Load(a + at + 4), Vector128.Load(b + at + 4), s1);
                s2 = Vector128.FusedMultiplyAdd(Vector128.Load(a + at + 8), Vector128.Load(b + at + 8), s2);
                s3 = Vector128.FusedMultiplyAdd(Vector128.Load(a + at + 12), Vector128.Load(b + at + 12), s3);
            }

            products[product] = LaneSum.Of(s0 + s2 + (s1 + s3));
        }
    }

    public static int DotNibbles(byte* codes, sbyte* low, sbyte* high, int sizeBytes)
    {
        Vector128<int> sums = default;
        for (var at = 0; at < sizeBytes; at += 16)
        {
            var code = Vector128.Load(codes + at);
            var pairs = Pairs(code & Vector128.Create((byte)15), Vector128.Load(low + at))
                + Pairs(Vector128.ShiftRightLogical(code, 4), Vector128.Load(high + at));
            var (first, second) = Vector128.Widen(pairs);
            sums += first + second;
        }

        return Vector128.Sum(sums);
    }

    public static ulong Survivors(byte* block, in ScanConstants scan, float threshold)
    {
        var factors = (float*)(block + (IVectorKernels.BlockRowCount * scan.GroupCount));
        var survivors = 0UL;
        for (var part = 0; part < 4; part++)
        {
            Sum(block + (part * 16), scan, out var even, out var odd);
            survivors |= Bounds(factors + (part * 8), even, scan, threshold) << (part * 8);
            survivors |= Bounds(factors + 32 + (part * 8), odd, scan, threshold) << (32 + (part * 8));
        }

        return survivors;
    }

    // For 16 bytes of each group: eight rows with even bytes and eight with odd ones.
    private static void Sum(byte* codes, in ScanConstants scan, out Vector128<ushort> even, out Vector128<ushort> odd)
    {
        var nibble = Vector128.Create((byte)15);
        even = odd = default;
        var tables = scan.Tables;
        for (var group = scan.GroupCount; group > 0; group--)
        {
            var code = Vector128.Load(codes);
            var sums = Vector128.ShuffleNative(Vector128.Load(tables), code & nibble)
                + Vector128.ShuffleNative(Vector128.Load(tables + 16), Vector128.ShiftRightLogical(code, 4));
            even += sums.AsUInt16() & Vector128.Create((ushort)255);
            odd += Vector128.ShiftRightLogical(sums.AsUInt16(), 8);
            codes += IVectorKernels.BlockRowCount;
            tables += 32;
        }
    }

    private static ulong Bounds(float* factors, Vector128<ushort> sums, in ScanConstants scan, float threshold)
    {
        var (first, second) = Vector128.Widen(sums);
        return Bounds(factors, first.AsInt32(), scan, threshold)
            | (Bounds(factors + Quarter, second.AsInt32(), scan, threshold) << Quarter);
    }

    private static ulong Bounds(float* factors, Vector128<int> sums, in ScanConstants scan, float threshold)
    {
        const int Next = IVectorKernels.BlockRowCount;
        var sum = Vector128.ConvertToSingle(sums);
        var product = Vector128.FusedMultiplyAdd(sum, Vector128.Create(scan.Step), Vector128.Create(scan.Shift));
        var inner = Vector128.FusedMultiplyAdd(
            Vector128.Load(factors + Next),
            product,
            -Vector128.Load(factors + (2 * Next)));
        var bound = Vector128.FusedMultiplyAdd(
            Vector128.Create(scan.Gain),
            inner,
            Vector128.Create(scan.Base) + Vector128.Load(factors));
        bound = Vector128.FusedMultiplyAdd(Vector128.Create(scan.Width), Vector128.Load(factors + (3 * Next)), bound);
        return Vector128.GreaterThanOrEqual(bound, Vector128.Create(threshold)).ExtractMostSignificantBits();
    }

    // Products of four and eight bits, added in some pairs: which of them is the processor's choice, and all are added.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Pairs(Vector128<byte> code, Vector128<sbyte> query)
    {
        if (!AdvSimd.IsSupported)
        {
            return Ssse3.MultiplyAddAdjacent(code, query);
        }

        var signed = code.AsSByte();
        return AdvSimd.MultiplyWideningLower(signed.GetLower(), query.GetLower())
            + AdvSimd.MultiplyWideningUpper(signed, query);
    }

    private static float Join(Vector128<float>* sums)
    {
        for (var quarter = 0; quarter < 4; quarter++)
        {
            sums[quarter] = sums[quarter] + sums[quarter + 4] + (sums[quarter + 8] + sums[quarter + 12]);
        }

        return LaneSum.Of(sums[0] + sums[2] + (sums[1] + sums[3]));
    }
}
