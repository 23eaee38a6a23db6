using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Scores from byte codes, each with the most that it can be wrong by.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct CodeScores<TKernels>
    where TKernels : struct, IVectorKernels
{
    private readonly sbyte* _bytes;
    private readonly sbyte* _rest;
    private readonly int _sizeBytes;
    private readonly float _base;
    private readonly float _step;
    private readonly float _restStep;
    private readonly float _width;
    private readonly float _coarseShift;
    private readonly float _coarseSlack;
    private readonly float _fineShift;
    private readonly float _fineSlack;

    /// <summary>Takes a query whose bytes are set.</summary>
    /// <param name="block">The block.</param>
    /// <param name="query">The query.</param>
    /// <param name="metric">What the codes were made for.</param>
    /// <param name="bounds">What is taken for impossible, or <see langword="null"/> where errors are proved.</param>
    /// <param name="slack">What rounding can hide.</param>
    public CodeScores(
        VectorBlock block,
        PreparedQuery query,
        VectorMetric metric,
        FastBounds? bounds,
        float slack)
    {
        var mean = (float*)block.At(VectorSection.Centres);
        var isDistance = metric == VectorMetric.SquaredL2;
        var squared = TKernels.SquaredDistance(query.Values, mean, block.Format.Stride);
        var share = bounds?.ShareOfError(block.Format.CodeLength) ?? 1;
        var codeNorm = share * (isDistance ? 2 : 1) * block.Header.CodeNormMax;
        _bytes = query.Bytes;
        _rest = query.RestBytes;
        _sizeBytes = block.Format.FineSizeBytes;
        _base = isDistance ? -squared : TKernels.Dot(query.Values, mean, block.Format.Stride);
        _step = query.ByteStep;
        _restStep = query.RestStep;
        _width = share * MathF.Sqrt(squared);
        _coarseShift = (ByteCode.LowerMean - ByteCode.Shift) * query.ByteSum * _step;
        _coarseSlack = slack + (query.ByteError * codeNorm);
        _fineShift = -ByteCode.Shift * ((query.ByteSum * _step) + (query.RestSum * _restStep));
        _fineSlack = slack + (query.RestError * codeNorm);
    }

    /// <summary>The score of a coarse code.</summary>
    /// <param name="coarse">Where the code begins.</param>
    /// <param name="error">The most by which the exact score can be greater or less.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Coarse(byte* coarse, out float error)
    {
        var sum = 16 * TKernels.DotNibbles(coarse, _bytes, _bytes + _sizeBytes, _sizeBytes);
        var factors = (float*)(coarse + _sizeBytes);
        error = MathF.FusedMultiplyAdd(_width, factors[2], _coarseSlack);
        return MathF.FusedMultiplyAdd(
            factors[1],
            MathF.FusedMultiplyAdd(sum, _step, _coarseShift),
            _base + factors[0]);
    }

    /// <summary>The score of a whole code.</summary>
    /// <param name="coarse">Where the coarse code begins.</param>
    /// <param name="fine">Where the lower halves begin.</param>
    /// <param name="error">The most by which the exact score can be greater or less.</param>
    public float Fine(byte* coarse, byte* fine, out float error)
    {
        var sum = (16 * TKernels.DotNibbles(coarse, _bytes, _bytes + _sizeBytes, _sizeBytes))
            + TKernels.DotNibbles(fine, _bytes, _bytes + _sizeBytes, _sizeBytes);
        var restSum = (16 * TKernels.DotNibbles(coarse, _rest, _rest + _sizeBytes, _sizeBytes))
            + TKernels.DotNibbles(fine, _rest, _rest + _sizeBytes, _sizeBytes);
        var factors = (float*)(coarse + _sizeBytes);
        error = MathF.FusedMultiplyAdd(_width, factors[3], _fineSlack);
        var product = MathF.FusedMultiplyAdd(sum, _step, MathF.FusedMultiplyAdd(restSum, _restStep, _fineShift));
        return MathF.FusedMultiplyAdd(factors[1], product, _base + factors[0]);
    }
}
