using System.Buffers.Binary;

namespace Terroir.Retrieval.Vectors;

/// <summary>A row's byte code: its rotated difference from the block's mean, in 255 steps of one size a row.</summary>
/// <remarks>With the difference o, its code c and step β, the rest r = o − βc is known and its norm stored, so
/// ⟨q,o⟩ = β⟨q,c⟩ + ⟨q,r⟩ with |⟨q,r⟩| ≤ ‖q‖‖r‖.</remarks>
internal static class ByteCode
{
    private const int CodeMax = 127;

    /// <summary>Writes a code and its factors: offset, scale, error.</summary>
    /// <param name="metric">How near two vectors are.</param>
    /// <param name="difference">The rotated vector less the mean; overwritten.</param>
    /// <param name="mean">The rotated mean.</param>
    /// <param name="target">Where the code begins.</param>
    /// <returns>The norm of what the code stands for.</returns>
    public static double Write(
        VectorMetric metric,
        ReadOnlySpan<float> difference,
        ReadOnlySpan<float> mean,
        Span<byte> target)
    {
        var greatest = 0.0f;
        foreach (var value in difference)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        var step = greatest / CodeMax;
        double squared = 0, restSquared = 0, codeSquared = 0, withMean = 0;
        for (var at = 0; at < difference.Length; at++)
        {
            double value = difference[at];
            var code = step > 0 ? Math.Clamp((int)Math.Round(value / step), -CodeMax, CodeMax) : 0;
            target[at] = (byte)(sbyte)code;
            var coded = code * (double)step;
            squared += value * value;
            restSquared += (value - coded) * (value - coded);
            codeSquared += coded * coded;
            withMean += value * mean[at];
        }

        var twice = metric == VectorMetric.SquaredL2 ? 2 : 1;
        var factors = target[difference.Length..];
        BinaryPrimitives.WriteSingleLittleEndian(
            factors,
            (float)(metric == VectorMetric.SquaredL2 ? -squared : withMean));
        BinaryPrimitives.WriteSingleLittleEndian(factors[4..], twice * step);
        BinaryPrimitives.WriteSingleLittleEndian(factors[8..], (float)(twice * Math.Sqrt(restSquared) * (1 + 1e-6)));
        return Math.Sqrt(codeSquared);
    }
}
