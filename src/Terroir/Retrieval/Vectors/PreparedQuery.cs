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
    private const float TableMax = 127;
    private const float ByteMax = 127;

    private static readonly Vector512<float> First = Mask(1);
    private static readonly Vector512<float> Second = Mask(2);
    private static readonly Vector512<float> Third = Mask(4);
    private static readonly Vector512<float> Fourth = Mask(8);

    private readonly int _length;
    private readonly float[] _values;
    private readonly float[] _rotated;
    private readonly short[] _words;
    private readonly byte[] _tables;

    /// <summary>Takes the memory for queries of a length.</summary>
    public PreparedQuery(int stride, int codeLength)
    {
        _length = codeLength;
        _values = GC.AllocateArray<float>(stride, pinned: true);
        _rotated = GC.AllocateArray<float>(codeLength, pinned: true);
        _words = GC.AllocateArray<short>(codeLength, pinned: true);
        _tables = GC.AllocateArray<byte>(codeLength / GroupSize * TableLength, pinned: true);
    }

    /// <summary>The query with zeros at its end.</summary>
    public float* Values => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);

    /// <summary>The rotated query less the rotated mean, in 16 bits a component.</summary>
    public short* Words => (short*)Marshal.UnsafeAddrOfPinnedArrayElement(_words, 0);

    /// <summary>For each four components the sixteen sums of some of them, in 8 bits.</summary>
    public byte* Tables => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_tables, 0);

    /// <summary>What one unit of <see cref="Words"/> is worth.</summary>
    public float WordStep { get; private set; }

    /// <summary>The norm of what <see cref="Words"/> leave out.</summary>
    public float WordError { get; private set; }

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
        var squared = 0.0;
        foreach (var value in query)
        {
            squared += (double)value * value;
        }

        Norm = (float)Math.Sqrt(squared);
    }

    /// <summary>Rotates the query and fills <see cref="Words"/>.</summary>
    /// <param name="rotation">The block's rotation.</param>
    /// <param name="mean">The block's mean, rotated.</param>
    public void SetWords(Rotation rotation, ReadOnlySpan<float> mean)
    {
        rotation.Apply(_values, _rotated);
        var greatest = 0.0f;
        for (var at = 0; at < _length; at++)
        {
            _rotated[at] -= mean[at];
            greatest = Math.Max(greatest, Math.Abs(_rotated[at]));
        }

        var wordMax = Math.Min(short.MaxValue, (int)(int.MaxValue / (ByteMax * _length)) - 1);
        WordStep = greatest > 0 ? greatest / wordMax : 1;
        var inverse = 1 / WordStep;
        var squared = 0.0f;
        for (var at = 0; at < _length; at++)
        {
            var word = (short)Math.Clamp(MathF.Round(_rotated[at] * inverse), -wordMax, wordMax);
            _words[at] = word;
            var rest = _rotated[at] - (word * WordStep);
            squared += rest * rest;
        }

        WordError = MathF.Sqrt(squared) * 1.001f;
    }

    /// <summary>Fills <see cref="Tables"/>, after <see cref="SetWords"/>.</summary>
    public void SetTables()
    {
        float rangeMax = 0, sum = 0, leastSum = 0;
        for (var at = 0; at < _length; at += GroupSize)
        {
            var range = 0.0f;
            for (var next = at; next < at + GroupSize; next++)
            {
                var value = _rotated[next];
                range += Math.Abs(value);
                sum += value;
                leastSum += Math.Min(0, value);
            }

            rangeMax = Math.Max(rangeMax, range);
        }

        var groupCount = _length / GroupSize;
        var unitMax = Math.Min(TableMax, ushort.MaxValue / groupCount);
        var step = rangeMax > 0 ? rangeMax / unitMax : 1;
        for (var group = 0; group < groupCount; group++)
        {
            FillTable(_rotated.AsSpan(group * GroupSize, GroupSize), 1 / step, _tables.AsSpan(group * TableLength));
        }

        // With signs instead of bits: a set bit counts twice, less the sum of all.
        TableStep = 2 * step;
        TableShift = (2 * leastSum) - sum;
        TableError = groupCount * step * 1.01f;
    }

    private static Vector512<float> Mask(int bit)
    {
        Span<float> lanes = stackalloc float[TableLength];
        for (var lane = 0; lane < TableLength; lane++)
        {
            lanes[lane] = (lane & bit) != 0 ? 1 : 0;
        }

        return Vector512.Create<float>(lanes);
    }

    private static void FillTable(ReadOnlySpan<float> values, float inverseStep, Span<byte> table)
    {
        var least = MathF.Min(0, values[0]) + MathF.Min(0, values[1]) + MathF.Min(0, values[2])
            + MathF.Min(0, values[3]);
        var sums = (values[0] * First) + (values[1] * Second) + ((values[2] * Third) + (values[3] * Fourth));
        var units = ((sums - Vector512.Create(least)) * inverseStep) + Vector512.Create(0.5f);
        var integers = Vector512.ConvertToUInt32(units);
        var words = Vector256.Narrow(integers.GetLower(), integers.GetUpper());
        Vector128.Narrow(words.GetLower(), words.GetUpper()).CopyTo(table);
    }
}
