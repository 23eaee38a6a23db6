using Terroir.Retrieval.Vectors;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Bench.Vectors;

/// <summary>What any program would do without an index: the inner product with each allowed vector, AVX-512 or the best
/// there is, 32-bit floats, in the order in which they came.</summary>
internal sealed unsafe class BruteForce
{
    private readonly VectorWork _work;
    private readonly float[] _base;
    private readonly float[] _query;
    private readonly int _stride;

    public BruteForce(VectorWork work)
    {
        _work = work;
        _stride = VectorLimits.Pad(work.Dimensions, IVectorKernels.LaneCount);
        _base = GC.AllocateArray<float>(work.Count * _stride, pinned: true);
        _query = GC.AllocateArray<float>(_stride, pinned: true);
        for (var row = 0; row < work.Count; row++)
        {
            work.Vector(row).CopyTo(_base.AsSpan(row * _stride));
        }
    }

    /// <summary>The best rows, best first.</summary>
    public int[] Search(int query, int count, ulong[]? allowed)
    {
        _work.Query(query).CopyTo(_query);
        return Avx512Kernels.IsSupported
            ? Scan<Avx512Kernels>(count, allowed)
            : Avx2Kernels.IsSupported ? Scan<Avx2Kernels>(count, allowed) : Scan<PortableKernels>(count, allowed);
    }

    private int[] Scan<TKernels>(int count, ulong[]? allowed)
        where TKernels : struct, IVectorKernels
    {
        var scores = new float[count];
        var rows = new int[count];
        Array.Fill(scores, float.NegativeInfinity);
        Array.Fill(rows, -1);
        var worst = float.NegativeInfinity;
        fixed (float* values = _base, query = _query)
        {
            for (var word = 0; word <= (_work.Count - 1) / 64; word++)
            {
                var bits = allowed is null ? ulong.MaxValue : allowed[word];
                for (; bits != 0; bits &= bits - 1)
                {
                    var row = (word * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                    if (row >= _work.Count)
                    {
                        break;
                    }

                    var score = TKernels.Dot(query, values + ((long)row * _stride), _stride);
                    if (score > worst)
                    {
                        worst = Insert(scores, rows, score, row);
                    }
                }
            }
        }

        return rows;
    }

    private static float Insert(float[] scores, int[] rows, float score, int row)
    {
        var at = scores.Length - 1;
        for (; at > 0 && scores[at - 1] < score; at--)
        {
            (scores[at], rows[at]) = (scores[at - 1], rows[at - 1]);
        }

        (scores[at], rows[at]) = (score, row);
        return scores[^1];
    }
}
