using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>The kernels for registers of 512 bits (AVX-512 F and BW).</summary>
internal readonly unsafe struct Avx512Kernels : IVectorKernels
{
    private const int Lanes = IVectorKernels.LaneCount;

    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(float* a, float* b, int length)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        var at = 0;
        for (; at <= length - (4 * Lanes); at += 4 * Lanes)
        {
            s0 = Product(a, b, at, s0);
            s1 = Product(a, b, at + Lanes, s1);
            s2 = Product(a, b, at + (2 * Lanes), s2);
            s3 = Product(a, b, at + (3 * Lanes), s3);
        }

        s0 = at < length ? Product(a, b, at, s0) : s0;
        s1 = at + Lanes < length ? Product(a, b, at + Lanes, s1) : s1;
        s2 = at + (2 * Lanes) < length ? Product(a, b, at + (2 * Lanes), s2) : s2;
        return LaneSum.Of(s0 + s1 + (s2 + s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquaredDistance(float* a, float* b, int length)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        var at = 0;
        for (; at <= length - (4 * Lanes); at += 4 * Lanes)
        {
            s0 = Square(a, b, at, s0);
            s1 = Square(a, b, at + Lanes, s1);
            s2 = Square(a, b, at + (2 * Lanes), s2);
            s3 = Square(a, b, at + (3 * Lanes), s3);
        }

        s0 = at < length ? Square(a, b, at, s0) : s0;
        s1 = at + Lanes < length ? Square(a, b, at + Lanes, s1) : s1;
        s2 = at + (2 * Lanes) < length ? Square(a, b, at + (2 * Lanes), s2) : s2;
        return LaneSum.Of(s0 + s1 + (s2 + s3));
    }

    public static void DotTile(float* rows, float* others, int length, float* products)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector512<float> t0 = default, t1 = default, t2 = default, t3 = default;
        for (var at = 0; at < length; at += Lanes)
        {
            var first = Vector512.Load(rows + at);
            var second = Vector512.Load(rows + length + at);
            var other = Vector512.Load(others + at);
            s0 = Vector512.FusedMultiplyAdd(first, other, s0);
            t0 = Vector512.FusedMultiplyAdd(second, other, t0);
            other = Vector512.Load(others + length + at);
            s1 = Vector512.FusedMultiplyAdd(first, other, s1);
            t1 = Vector512.FusedMultiplyAdd(second, other, t1);
            other = Vector512.Load(others + (2 * length) + at);
            s2 = Vector512.FusedMultiplyAdd(first, other, s2);
            t2 = Vector512.FusedMultiplyAdd(second, other, t2);
            other = Vector512.Load(others + (3 * length) + at);
            s3 = Vector512.FusedMultiplyAdd(first, other, s3);
            t3 = Vector512.FusedMultiplyAdd(second, other, t3);
        }

        (products[0], products[1], products[2], products[3]) =
            (LaneSum.Of(s0), LaneSum.Of(s1), LaneSum.Of(s2), LaneSum.Of(s3));
        (products[4], products[5], products[6], products[7]) =
            (LaneSum.Of(t0), LaneSum.Of(t1), LaneSum.Of(t2), LaneSum.Of(t3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotNibbles(byte* codes, sbyte* low, sbyte* high, int sizeBytes)
    {
        var nibble = Vector512.Create((byte)15);
        var ones = Vector512.Create((short)1);
        Vector512<int> sums = default;
        var at = 0;
        for (; at <= sizeBytes - 64; at += 64)
        {
            var code = Vector512.Load(codes + at);
            var pairs = Avx512BW.MultiplyAddAdjacent(code & nibble, Vector512.Load(low + at))
                + Avx512BW.MultiplyAddAdjacent(
                    Vector512.ShiftRightLogical(code.AsUInt16(), 4).AsByte() & nibble,
                    Vector512.Load(high + at));
            sums += Avx512BW.MultiplyAddAdjacent(pairs, ones);
        }

        var sum = Vector512.Sum(sums);
        return at < sizeBytes ? sum + Avx2Kernels.DotNibbles(codes + at, low + at, high + at, sizeBytes - at) : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Survivors(byte* block, in ScanConstants scan, float threshold)
    {
        var nibble = Vector512.Create((byte)15);
        var low = Vector512.Create((ushort)255);
        Vector512<ushort> even = default, odd = default;
        var tables = scan.Tables;
        var codes = block;
        for (var group = scan.GroupCount; group > 0; group--)
        {
            var code = Vector512.Load(codes);
            var table = Avx512F.BroadcastVector128ToVector512((uint*)tables).AsByte();
            var sums = Avx512BW.Shuffle(table, code & nibble);
            table = Avx512F.BroadcastVector128ToVector512((uint*)(tables + 16)).AsByte();
            sums += Avx512BW.Shuffle(table, Vector512.ShiftRightLogical(code.AsUInt16(), 4).AsByte() & nibble);
            even += sums.AsUInt16() & low;
            odd += Vector512.ShiftRightLogical(sums.AsUInt16(), 8);
            codes += IVectorKernels.BlockRowCount;
            tables += 32;
        }

        var factors = (float*)codes;
        return Bounds(factors, even.GetLower(), scan, threshold)
            | (ulong)Bounds(factors + Lanes, even.GetUpper(), scan, threshold) << 16
            | (ulong)Bounds(factors + (2 * Lanes), odd.GetLower(), scan, threshold) << 32
            | (ulong)Bounds(factors + (3 * Lanes), odd.GetUpper(), scan, threshold) << 48;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bounds(float* factors, Vector256<ushort> sums, in ScanConstants scan, float threshold)
    {
        const int Next = IVectorKernels.BlockRowCount;
        var sum = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(sums));
        var product = Vector512.FusedMultiplyAdd(sum, Vector512.Create(scan.Step), Vector512.Create(scan.Shift));
        var inner = Vector512.FusedMultiplyAdd(
            Vector512.Load(factors + Next),
            product,
            -Vector512.Load(factors + (2 * Next)));
        var bound = Vector512.FusedMultiplyAdd(
            Vector512.Create(scan.Gain),
            inner,
            Vector512.Create(scan.Base) + Vector512.Load(factors));
        bound = Vector512.FusedMultiplyAdd(Vector512.Create(scan.Width), Vector512.Load(factors + (3 * Next)), bound);
        return (uint)Vector512.GreaterThanOrEqual(bound, Vector512.Create(threshold)).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Product(float* a, float* b, int at, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(Vector512.Load(a + at), Vector512.Load(b + at), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Square(float* a, float* b, int at, Vector512<float> sum)
    {
        var difference = Vector512.Load(a + at) - Vector512.Load(b + at);
        return Vector512.FusedMultiplyAdd(difference, difference, sum);
    }
}
