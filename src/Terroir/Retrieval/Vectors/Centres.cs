using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors;

/// <summary>The centres of lists while they are learned, at a fixed address, padded to a multiple of four.</summary>
internal sealed unsafe class Centres
{
    /// <summary>How many centres a kernel compares at once.</summary>
    public const int TileCount = 4;

    private readonly int _stride;
    private readonly float[] _values;
    private readonly float[] _halfNorms;

    public Centres(int count, int stride)
    {
        Count = count;
        _stride = stride;
        PaddedCount = VectorLimits.Pad(count, TileCount);
        _values = GC.AllocateArray<float>(PaddedCount * stride, pinned: true);
        _halfNorms = new float[PaddedCount];
        Array.Fill(_halfNorms, float.PositiveInfinity);
    }

    public int Count { get; }

    public int PaddedCount { get; }

    /// <summary>The first component of a centre.</summary>
    public float* At(int list) =>
        (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, list * _stride);

    /// <summary>Half the squared norm of a centre: what is nearest has the greatest product less this.</summary>
    public float HalfNorm(int list) => _halfNorms[list];

    /// <summary>Makes a centre the mean of rows; without any it stays as it is.</summary>
    public void Set(int list, VectorRows rows, ReadOnlySpan<int> members)
    {
        if (members.IsEmpty)
        {
            return;
        }

        var sums = new double[_stride];
        foreach (var row in members)
        {
            var values = rows.Row(row);
            for (var at = 0; at < sums.Length; at++)
            {
                sums[at] += values[at];
            }
        }

        var norm = 0.0;
        var target = At(list);
        for (var at = 0; at < sums.Length; at++)
        {
            target[at] = (float)(sums[at] / members.Length);
            norm += (double)target[at] * target[at];
        }

        _halfNorms[list] = (float)(norm / 2);
    }

    public float[] ToArray() => _values[..(Count * _stride)];
}
