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
    private readonly float _finestShift;
    private readonly float _finestSlack;

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
        _fineShift = -ByteCode.Shift * query.ByteSum * _step;
        _finestShift = -ByteCode.Shift * ((query.ByteSum * _step) + (query.RestSum * _restStep));
        _finestSlack = slack + (query.RestError * codeNorm);
    }

    /// <summary>The product of a coarse code with the query's bytes, which all scores are made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Product(byte* coarse) => 16 * TKernels.DotNibbles(coarse, _bytes, _bytes + _sizeBytes, _sizeBytes);

    /// <summary>The score of a coarse code.</summary>
    /// <param name="coarse">Where the code begins.</param>
    /// <param name="product">Its <see cref="Product"/>.</param>
    /// <param name="error">The most by which the exact score can be greater or less.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Coarse(byte* coarse, int product, out float error)
    {
        var factors = (float*)(coarse + _sizeBytes);
        error = MathF.FusedMultiplyAdd(_width, factors[2], _coarseSlack);
        return Score(factors, MathF.FusedMultiplyAdd(product, _step, _coarseShift));
    }

    /// <summary>The score of a whole code, by eight bits of the query's components.</summary>
    /// <param name="coarse">Where the coarse code begins.</param>
    /// <param name="fine">Where the lower halves begin.</param>
    /// <param name="product">Its <see cref="Product"/>; then that of the whole code.</param>
    /// <param name="error">The most by which the exact score can be greater or less.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Fine(byte* coarse, byte* fine, ref int product, out float error)
    {
        var factors = (float*)(coarse + _sizeBytes);
        product += TKernels.DotNibbles(fine, _bytes, _bytes + _sizeBytes, _sizeBytes);
        error = MathF.FusedMultiplyAdd(_width, factors[3], _coarseSlack);
        return Score(factors, MathF.FusedMultiplyAdd(product, _step, _fineShift));
    }

    /// <summary>The score of a whole code, by sixteen bits of the query's components.</summary>
    /// <param name="coarse">Where the coarse code begins.</param>
    /// <param name="fine">Where the lower halves begin.</param>
    /// <param name="product">What <see cref="Fine"/> gave back.</param>
    /// <param name="error">The most by which the exact score can be greater or less.</param>
    public float Finest(byte* coarse, byte* fine, int product, out float error)
    {
        var rest = (16 * TKernels.DotNibbles(coarse, _rest, _rest + _sizeBytes, _sizeBytes))
            + TKernels.DotNibbles(fine, _rest, _rest + _sizeBytes, _sizeBytes);
        var factors = (float*)(coarse + _sizeBytes);
        error = MathF.FusedMultiplyAdd(_width, factors[3], _finestSlack);
        var sum = MathF.FusedMultiplyAdd(product, _step, MathF.FusedMultiplyAdd(rest, _restStep, _finestShift));
        return Score(factors, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Score(float* factors, float sum) =>
        MathF.FusedMultiplyAdd(factors[1], sum, _base + factors[0]);
}
