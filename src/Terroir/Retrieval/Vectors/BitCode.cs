using System.Buffers.Binary;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>A row's 1-bit code: the signs of its rotated residual, and what bounds scores made from them.</summary>
/// <remarks>
/// <para>With the residual o, its signs s and α = ⟨o,s⟩/d, the rest r = o − αs is orthogonal to s. For a query with the
/// residual q, ⟨q,o⟩ = α⟨q,s⟩ + ⟨q,r⟩, and |⟨q,r⟩| ≤ ‖q‖‖r‖ by Cauchy and Schwarz: that bound is rigorous. RaBitQ
/// (Gao and Long, SIGMOD 2024) estimates ⟨q,o⟩ by α⟨q,s⟩ times the gain ‖o‖²/(α²d), with an error of the order
/// ‖q‖‖r‖/√d: that bound is probable.</para>
/// <para>The codes are those of residuals, and queries are compared as a whole: what the centre contributes to ⟨q,s⟩ is
/// in the factor <c>fold</c>.</para>
/// </remarks>
internal readonly ref struct BitCode
{
    private readonly ReadOnlySpan<float> _residual;
    private readonly double _offset;
    private readonly double _scale;
    private readonly double _fold;
    private readonly double _error;

    /// <summary>Computes a code.</summary>
    /// <param name="metric">How near two vectors are.</param>
    /// <param name="residual">The rotated vector less the centre.</param>
    /// <param name="centre">The rotated centre.</param>
    /// <param name="mean">The rotated mean of the block, which is taken from queries.</param>
    public BitCode(
        VectorMetric metric,
        ReadOnlySpan<float> residual,
        ReadOnlySpan<float> centre,
        ReadOnlySpan<float> mean)
    {
        _residual = residual;
        double absolute = 0, squared = 0, signed = 0, withCentre = 0;
        for (var at = 0; at < residual.Length; at++)
        {
            double value = residual[at];
            absolute += Math.Abs(value);
            squared += value * value;
            signed += value > 0 ? (double)centre[at] - mean[at] : (double)mean[at] - centre[at];
            withCentre += value * centre[at];
        }

        var alpha = absolute / residual.Length;
        var rest = Math.Sqrt(Math.Max(0, squared - (alpha * alpha * residual.Length))) * (1 + 1e-6);
        var twice = metric == VectorMetric.SquaredL2 ? 2 : 1;
        _offset = metric == VectorMetric.SquaredL2 ? -squared : withCentre;
        _scale = twice * alpha;
        _fold = twice * alpha * signed;
        _error = twice * rest;
        Norm = Math.Sqrt(squared);
        Gain = absolute > 0 ? squared * residual.Length / (absolute * absolute) : 0;
    }

    /// <summary>The distance of the vector from the centre.</summary>
    public double Norm { get; }

    /// <summary>‖o‖²/(α²d); 0 for a vector that is the centre.</summary>
    public double Gain { get; }

    /// <summary>Writes the code into a block of 64.</summary>
    /// <param name="block">The block, see <see cref="BitBlock"/>.</param>
    /// <param name="row">The row in the block, 0 to 63.</param>
    public void Write(Span<byte> block, int row)
    {
        var groupCount = _residual.Length / BitBlock.GroupSize;
        for (var group = 0; group < groupCount; group++)
        {
            var bits = 0;
            for (var bit = 0; bit < BitBlock.GroupSize; bit++)
            {
                bits |= _residual[(group * BitBlock.GroupSize) + bit] > 0 ? 1 << bit : 0;
            }

            block[BitBlock.CodeAt(row, group)] = (byte)bits;
        }

        Span<double> factors = [_offset, _scale, _fold, _error];
        for (var factor = 0; factor < factors.Length; factor++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(
                block[BitBlock.FactorAt(row, factor, groupCount)..],
                (float)factors[factor]);
        }
    }
}
