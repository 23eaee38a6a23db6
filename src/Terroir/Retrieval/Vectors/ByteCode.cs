using System.Buffers.Binary;

namespace Terroir.Retrieval.Vectors;

/// <summary>A row's byte code: its rotated difference from the block's mean, in 255 steps of one size a row. Its upper
/// halves stand apart, as a coarse code of their own.</summary>
/// <remarks>
/// <para>With the difference o, a code c and the step β, the rest r = o − βc is known and its norm stored, so
/// ⟨q,o⟩ = β⟨q,c⟩ + ⟨q,r⟩ with |⟨q,r⟩| ≤ ‖q‖‖r‖.</para>
/// <para>A component is stored as <c>16·upper + lower − 128</c>. The coarse code takes <see cref="LowerMean"/> for
/// what it does not know.</para>
/// </remarks>
internal static class ByteCode
{
    /// <summary>What is taken from a component's two halves.</summary>
    public const int Shift = 128;

    /// <summary>What the coarse code takes for every lower half.</summary>
    public const float LowerMean = 7.5f;

    /// <summary>The factors behind a coarse code: offset, scale, the coarse code's error, the whole code's
    /// error.</summary>
    public const int FactorsSizeBytes = 16;

    private const int CodeMax = 127;
    private const int Group = 64;
    private const double Rounding = 1 + 1e-6;

    /// <summary>Writes a code.</summary>
    /// <param name="metric">How near two vectors are.</param>
    /// <param name="difference">The rotated vector less the mean.</param>
    /// <param name="mean">The rotated mean.</param>
    /// <param name="coarse">Where the upper halves and the factors go.</param>
    /// <param name="fine">Where the lower halves go.</param>
    /// <returns>The greater norm of what the two codes stand for.</returns>
    public static double Write(
        VectorMetric metric,
        ReadOnlySpan<float> difference,
        ReadOnlySpan<float> mean,
        Span<byte> coarse,
        Span<byte> fine)
    {
        var greatest = 0.0f;
        foreach (var value in difference)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        var step = greatest / CodeMax;
        double squared = 0, withMean = 0, fineRest = 0, coarseRest = 0, fineNorm = 0, coarseNorm = 0;
        for (var at = 0; at < difference.Length; at++)
        {
            double value = difference[at];
            var code = step > 0 ? Math.Clamp((int)Math.Round(value / step), -CodeMax, CodeMax) : 0;
            var (upper, lower) = ((code + Shift) >> 4, (code + Shift) & 15);
            Put(coarse, at, upper);
            Put(fine, at, lower);
            var whole = code * (double)step;
            var half = ((16 * upper) + LowerMean - Shift) * (double)step;
            squared += value * value;
            withMean += value * mean[at];
            fineRest += (value - whole) * (value - whole);
            coarseRest += (value - half) * (value - half);
            fineNorm += whole * whole;
            coarseNorm += half * half;
        }

        var twice = metric == VectorMetric.SquaredL2 ? 2 : 1;
        Span<double> factors =
        [
            metric == VectorMetric.SquaredL2 ? -squared : withMean,
            twice * step,
            twice * Math.Sqrt(coarseRest) * Rounding,
            twice * Math.Sqrt(fineRest) * Rounding,
        ];
        for (var at = 0; at < factors.Length; at++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(
                coarse[((difference.Length / 2) + (at * sizeof(float)))..],
                (float)factors[at]);
        }

        return Math.Sqrt(Math.Max(fineNorm, coarseNorm));
    }

    /// <summary>Where a component stands: in which byte, and whether in its upper half.</summary>
    public static (int At, bool IsHigh) Place(int component) => (
        (component / Group * (Group / 2)) + (component % (Group / 2)),
        component % Group >= Group / 2);

    private static void Put(Span<byte> codes, int component, int nibble)
    {
        var (at, isHigh) = Place(component);
        codes[at] = isHigh ? (byte)((codes[at] & 15) | (nibble << 4)) : (byte)((codes[at] & 240) | nibble);
    }
}
