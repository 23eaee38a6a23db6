using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>The kernels for registers of 256 bits (AVX2 and FMA): two of them make the 16 lanes.</summary>
internal readonly unsafe struct Avx2Kernels : IVectorKernels
{
    private const int Half = IVectorKernels.LaneCount / 2;
    private const int Lanes = IVectorKernels.LaneCount;

    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    public static float Dot(float* a, float* b, int length)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector256<float> t0 = default, t1 = default, t2 = default, t3 = default;
        var at = 0;
        for (; at <= length - (4 * Lanes); at += 4 * Lanes)
        {
            (s0, t0) = (Product(a, b, at, s0), Product(a, b, at + Half, t0));
            (s1, t1) = (Product(a, b, at + Lanes, s1), Product(a, b, at + Lanes + Half, t1));
            (s2, t2) = (Product(a, b, at + (2 * Lanes), s2), Product(a, b, at + (2 * Lanes) + Half, t2));
            (s3, t3) = (Product(a, b, at + (3 * Lanes), s3), Product(a, b, at + (3 * Lanes) + Half, t3));
        }

        if (at < length)
        {
            (s0, t0) = (Product(a, b, at, s0), Product(a, b, at + Half, t0));
        }

        if (at + Lanes < length)
        {
            (s1, t1) = (Product(a, b, at + Lanes, s1), Product(a, b, at + Lanes + Half, t1));
        }

        if (at + (2 * Lanes) < length)
        {
            (s2, t2) = (Product(a, b, at + (2 * Lanes), s2), Product(a, b, at + (2 * Lanes) + Half, t2));
        }

        return LaneSum.Of(s0 + s1 + (s2 + s3) + (t0 + t1 + (t2 + t3)));
    }

    public static float SquaredDistance(float* a, float* b, int length)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector256<float> t0 = default, t1 = default, t2 = default, t3 = default;
        var at = 0;
        for (; at <= length - (4 * Lanes); at += 4 * Lanes)
        {
            (s0, t0) = (Square(a, b, at, s0), Square(a, b, at + Half, t0));
            (s1, t1) = (Square(a, b, at + Lanes, s1), Square(a, b, at + Lanes + Half, t1));
            (s2, t2) = (Square(a, b, at + (2 * Lanes), s2), Square(a, b, at + (2 * Lanes) + Half, t2));
            (s3, t3) = (Square(a, b, at + (3 * Lanes), s3), Square(a, b, at + (3 * Lanes) + Half, t3));
        }

        if (at < length)
        {
            (s0, t0) = (Square(a, b, at, s0), Square(a, b, at + Half, t0));
        }

        if (at + Lanes < length)
        {
            (s1, t1) = (Square(a, b, at + Lanes, s1), Square(a, b, at + Lanes + Half, t1));
        }

        if (at + (2 * Lanes) < length)
        {
            (s2, t2) = (Square(a, b, at + (2 * Lanes), s2), Square(a, b, at + (2 * Lanes) + Half, t2));
        }

        return LaneSum.Of(s0 + s1 + (s2 + s3) + (t0 + t1 + (t2 + t3)));
    }

    public static void DotTile(float* rows, float* others, int length, float* products)
    {
        for (var other = 0; other < 4; other++, others += length)
        {
            Vector256<float> s0 = default, s1 = default, t0 = default, t1 = default;
            for (var at = 0; at < length; at += Lanes)
            {
                s0 = Product(rows, others, at, s0);
                s1 = Product(rows, others, at + Half, s1);
                t0 = Product(rows + length, others, at, t0);
                t1 = Product(rows + length, others, at + Half, t1);
            }

            products[other] = LaneSum.Of(s0 + s1);
            products[other + 4] = LaneSum.Of(t0 + t1);
        }
    }

    public static int DotNibbles(byte* codes, sbyte* low, sbyte* high, int sizeBytes)
    {
        var nibble = Vector256.Create((byte)15);
        var ones = Vector256.Create((short)1);
        Vector256<int> sums = default;
        for (var at = 0; at < sizeBytes; at += 32)
        {
            var code = Vector256.Load(codes + at);
            var pairs = Avx2.MultiplyAddAdjacent(code & nibble, Vector256.Load(low + at))
                + Avx2.MultiplyAddAdjacent(
                    Vector256.ShiftRightLogical(code.AsUInt16(), 4).AsByte() & nibble,
                    Vector256.Load(high + at));
            sums += Avx2.MultiplyAddAdjacent(pairs, ones);
        }

        return Vector256.Sum(sums);
    }

    public static ulong Survivors(byte* block, in ScanConstants scan, float threshold)
    {
        var factors = (float*)(block + (IVectorKernels.BlockRowCount * scan.GroupCount));
        Sum(block, scan, out var even, out var odd);
        var survivors = Bounds(factors, even, scan, threshold)
            | ((ulong)Bounds(factors + 32, odd, scan, threshold) << 32);
        Sum(block + 32, scan, out even, out odd);
        return survivors
            | ((ulong)Bounds(factors + 16, even, scan, threshold) << 16)
            | ((ulong)Bounds(factors + 48, odd, scan, threshold) << 48);
    }

    private static void Sum(byte* codes, in ScanConstants scan, out Vector256<ushort> even, out Vector256<ushort> odd)
    {
        var nibble = Vector256.Create((byte)15);
        var low = Vector256.Create((ushort)255);
        even = odd = default;
        var tables = scan.Tables;
        for (var group = scan.GroupCount; group > 0; group--)
        {
            var code = Vector256.Load(codes);
            var sums = Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(tables), code & nibble);
            sums += Avx2.Shuffle(
                Avx2.BroadcastVector128ToVector256(tables + 16),
                Vector256.ShiftRightLogical(code.AsUInt16(), 4).AsByte() & nibble);
            even += sums.AsUInt16() & low;
            odd += Vector256.ShiftRightLogical(sums.AsUInt16(), 8);
            codes += IVectorKernels.BlockRowCount;
            tables += 32;
        }
    }

    // For 16 rows.
    private static uint Bounds(float* factors, Vector256<ushort> sums, in ScanConstants scan, float threshold) =>
        Bounds(factors, sums.GetLower(), scan, threshold)
        | (Bounds(factors + Half, sums.GetUpper(), scan, threshold) << Half);

    private static uint Bounds(float* factors, Vector128<ushort> sums, in ScanConstants scan, float threshold)
    {
        const int Next = IVectorKernels.BlockRowCount;
        var sum = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(sums));
        var product = Vector256.FusedMultiplyAdd(sum, Vector256.Create(scan.Step), Vector256.Create(scan.Shift));
        var inner = Vector256.FusedMultiplyAdd(
            Vector256.Load(factors + Next),
            product,
            -Vector256.Load(factors + (2 * Next)));
        var bound = Vector256.FusedMultiplyAdd(
            Vector256.Create(scan.Gain),
            inner,
            Vector256.Create(scan.Base) + Vector256.Load(factors));
        bound = Vector256.FusedMultiplyAdd(Vector256.Create(scan.Width), Vector256.Load(factors + (3 * Next)), bound);
        return Vector256.GreaterThanOrEqual(bound, Vector256.Create(threshold)).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Product(float* a, float* b, int at, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(Vector256.Load(a + at), Vector256.Load(b + at), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Square(float* a, float* b, int at, Vector256<float> sum)
    {
        var difference = Vector256.Load(a + at) - Vector256.Load(b + at);
        return Vector256.FusedMultiplyAdd(difference, difference, sum);
    }
}
