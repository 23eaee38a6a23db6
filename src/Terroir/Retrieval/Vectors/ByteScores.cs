using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Scores from byte codes, each with the most that it can be wrong by.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct ByteScores<TKernels>
    where TKernels : struct, IVectorKernels
{
    private readonly short* _query;
    private readonly int _length;
    private readonly float _base;
    private readonly float _step;
    private readonly float _width;
    private readonly float _slack;

    /// <summary>Takes a query whose words are set.</summary>
    public ByteScores(VectorBlock block, PreparedQuery query, float slack)
    {
        var mean = (float*)block.At(VectorSection.Centres);
        var isDistance = block.Header.Metric == VectorMetric.SquaredL2;
        var squared = TKernels.SquaredDistance(query.Values, mean, block.Format.Stride);
        _query = query.Words;
        _length = block.Format.CodeLength;
        _base = isDistance ? -squared : TKernels.Dot(query.Values, mean, block.Format.Stride);
        _step = query.WordStep;
        _width = MathF.Sqrt(squared);
        _slack = slack + ((isDistance ? 2 : 1) * query.WordError * block.Header.CodeNormMax);
    }

    /// <summary>The score of a code.</summary>
    /// <param name="code">Where the code begins.</param>
    /// <param name="error">The most by which the exact score can be greater or less.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Of(byte* code, out float error)
    {
        var sum = TKernels.DotBytes((sbyte*)code, _query, _length);
        var factors = (float*)(code + _length);
        error = MathF.FusedMultiplyAdd(_width, factors[2], _slack);
        return MathF.FusedMultiplyAdd(factors[1] * _step, sum, _base + factors[0]);
    }
}
