using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>A query in the forms that codes are compared with, in memory at fixed addresses that is used
/// again.</summary>
/// <remarks>For one search at a time.</remarks>
internal sealed unsafe class PreparedQuery
{
    private const int GroupSize = BitBlock.GroupSize / 2;
    private const int TableLength = 16;
    private const int Lanes = IVectorKernels.LaneCount;
    private const float TableMax = 127;
    private const float ByteMax = 127;
    private const float RestParts = 254;
    private const float Rounding = 1.001f;

    private static readonly Vector512<float> First = Mask(1);
    private static readonly Vector512<float> Second = Mask(2);
    private static readonly Vector512<float> Third = Mask(4);
    private static readonly Vector512<float> Fourth = Mask(8);

    private readonly int _length;
    private readonly float[] _values;
    private readonly float[] _rotated;
    private readonly sbyte[] _bytes;
    private readonly byte[] _tables;

    /// <summary>Takes the memory for queries of a length.</summary>
    public PreparedQuery(int stride, int codeLength)
    {
        _length = codeLength;
        _values = GC.AllocateArray<float>(stride, pinned: true);
        _rotated = GC.AllocateArray<float>(codeLength, pinned: true);
        _bytes = GC.AllocateArray<sbyte>(2 * codeLength, pinned: true);
        _tables = GC.AllocateArray<byte>(codeLength / GroupSize * TableLength, pinned: true);
    }

    /// <summary>The query with zeros at its end.</summary>
    public float* Values => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);

    /// <summary>The rotated query less the rotated mean, in eight bits a component: first those for the low halves of
    /// codes, then those for the high halves.</summary>
    public sbyte* Bytes => (sbyte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);

    /// <summary>What <see cref="Bytes"/> leave out, in eight more bits.</summary>
    public sbyte* RestBytes => Bytes + _length;

    /// <summary>For each four components the sixteen sums of some of them, in 8 bits.</summary>
    public byte* Tables => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_tables, 0);

    /// <summary>What one unit of <see cref="Bytes"/> is worth.</summary>
    public float ByteStep { get; private set; }

    /// <summary>What one unit of <see cref="RestBytes"/> is worth.</summary>
    public float RestStep => ByteStep / RestParts;

    /// <summary>The sum of <see cref="Bytes"/>.</summary>
    public int ByteSum { get; private set; }

    /// <summary>The sum of <see cref="RestBytes"/>.</summary>
    public int RestSum { get; private set; }

    /// <summary>The norm of what <see cref="Bytes"/> leave out.</summary>
    public float ByteError { get; private set; }

    /// <summary>The norm of what both leave out.</summary>
    public float RestError { get; private set; }

    /// <summary>What one unit of the tables' sum is worth in the inner product with signs.</summary>
    public float TableStep { get; private set; }

    /// <summary>What is added to it.</summary>
    public float TableShift { get; private set; }

    /// <summary>By how much the inner product with signs may be greater, at most, than the tables say.</summary>
    public float TableError { get; private set; }

    /// <summary>The norm of the query.</summary>
    public float Norm { get; private set; }

    /// <summary>Takes a query for exact scores only.</summary>
    public void SetValues(ReadOnlySpan<float> query)
    {
        query.CopyTo(_values);
        Vector512<float> squared = default;
        for (var at = 0; at < _values.Length; at += Lanes)
        {
            var value = Vector512.Load(Values + at);
            squared += value * value;
        }

        Norm = MathF.Sqrt(LaneSum.Of(squared));
    }

    /// <summary>Rotates the query and fills <see cref="Bytes"/> and <see cref="RestBytes"/>.</summary>
    /// <param name="rotation">The block's rotation.</param>
    /// <param name="mean">The block's mean, rotated.</param>
    public void SetBytes(Rotation rotation, ReadOnlySpan<float> mean)
    {
        rotation.Apply(_values, _rotated);
        Vector512<float> greatest = default;
        for (var at = 0; at < _length; at += Lanes)
        {
            var value = Vector512.Load(Rotated + at) - Vector512.Create(mean[at..]);
            value.Store(Rotated + at);
            greatest = Vector512.Max(greatest, Vector512.Abs(value));
        }

        var most = Greatest(greatest);
        ByteStep = most > 0 ? most / ByteMax : 1;
        (ByteSum, RestSum) = (0, 0);
        Vector512<float> squared = default, squaredRest = default;
        for (var at = 0; at < _length; at += Lanes)
        {
            var value = Vector512.Load(Rotated + at);
            var whole = Vector512.Round(value * (1 / ByteStep));
            var left = value - (whole * ByteStep);
            var most8 = Vector512.Create(ByteMax);
            var part = Vector512.Min(Vector512.Max(Vector512.Round(left * (1 / RestStep)), -most8), most8);
            var rest = left - (part * RestStep);
            var (place, isHigh) = ByteCode.Place(at);
            place += isHigh ? _length / 2 : 0;
            ByteSum += Put(whole, Bytes + place);
            RestSum += Put(part, RestBytes + place);
            squared += left * left;
            squaredRest += rest * rest;
        }

        ByteError = MathF.Sqrt(LaneSum.Of(squared)) * Rounding;
        RestError = MathF.Sqrt(LaneSum.Of(squaredRest)) * Rounding;
    }

    /// <summary>Fills <see cref="Tables"/>, after <see cref="SetBytes"/>.</summary>
    public void SetTables()
    {
        var groupCount = _length / GroupSize;
        float rangeMax = 0;
        Vector128<float> ranges = default;
        for (var group = 0; group < groupCount; group++)
        {
            var values = Vector128.Load(Rotated + (group * GroupSize));
            ranges += Vector128.Abs(values);
            rangeMax = Math.Max(rangeMax, LaneSum.Of(Vector128.Abs(values)));
        }

        var unitMax = Math.Min(TableMax, ushort.MaxValue / groupCount);
        var step = rangeMax > 0 ? rangeMax / unitMax : 1;
        for (var group = 0; group < groupCount; group++)
        {
            FillTable(Rotated + (group * GroupSize), 1 / step, Tables + (group * TableLength));
        }

        // With signs instead of bits: a set bit counts twice, less the sum of all. The least sum of some components is
        // that of the negative ones.
        TableStep = 2 * step;
        TableShift = -LaneSum.Of(ranges);
        TableError = groupCount * step * Rounding;
    }

    private float* Rotated => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_rotated, 0);

    private static Vector512<float> Mask(int bit)
    {
        Span<float> lanes = stackalloc float[TableLength];
        for (var lane = 0; lane < TableLength; lane++)
        {
            lanes[lane] = (lane & bit) != 0 ? 1 : 0;
        }

        return Vector512.Create<float>(lanes);
    }

    private static void FillTable(float* values, float inverseStep, byte* table)
    {
        var group = Vector128.Load(values);
        var least = 0.5f * LaneSum.Of(group - Vector128.Abs(group));
        var sums = (values[0] * First) + (values[1] * Second) + ((values[2] * Third) + (values[3] * Fourth));
        var units = ((sums - Vector512.Create(least)) * inverseStep) + Vector512.Create(0.5f);
        Narrow(Vector512.ConvertToInt32(units)).AsByte().Store(table);
    }

    private static float Greatest(Vector512<float> lanes)
    {
        var greatest = 0.0f;
        for (var lane = 0; lane < Lanes; lane++)
        {
            greatest = Math.Max(greatest, lanes.GetElement(lane));
        }

        return greatest;
    }

    // Writes sixteen small whole numbers as bytes, and returns their sum.
    private static int Put(Vector512<float> values, sbyte* target)
    {
        var integers = Vector512.ConvertToInt32(values);
        Narrow(integers).Store(target);
        return Vector512.Sum(integers);
    }

    private static Vector128<sbyte> Narrow(Vector512<int> integers)
    {
        var words = Vector256.Narrow(integers.GetLower(), integers.GetUpper());
        return Vector128.Narrow(words.GetLower(), words.GetUpper());
    }
}
