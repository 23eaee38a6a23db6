using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Meaning;

/// <summary>Sums over vectors that give the same bits on every processor.</summary>
/// <remarks>Lanes are eight floats or four doubles whatever the processor has, products are rounded before they are
/// added (no fused multiplication), and lanes are added in a fixed order. Lengths are multiples of the lanes.</remarks>
internal static class VectorLanes
{
    /// <summary>Adds a vector times a weight.</summary>
    public static void AddTo(Span<double> target, ReadOnlySpan<double> vector, double weight)
    {
        var targets = MemoryMarshal.Cast<double, Vector256<double>>(target);
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(vector);
        var weights = Vector256.Create(weight);
        for (var index = 0; index < targets.Length; index++)
        {
            targets[index] += vectors[index] * weights;
        }
    }

    /// <summary>Adds a vector times a weight.</summary>
    public static void AddTo(Span<float> target, ReadOnlySpan<float> vector, float weight)
    {
        var targets = MemoryMarshal.Cast<float, Vector256<float>>(target);
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(vector);
        var weights = Vector256.Create(weight);
        for (var index = 0; index < targets.Length; index++)
        {
            targets[index] += vectors[index] * weights;
        }
    }

    /// <summary>The inner product.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lefts = MemoryMarshal.Cast<float, Vector256<float>>(left);
        var rights = MemoryMarshal.Cast<float, Vector256<float>>(right);
        var sum = Vector256<float>.Zero;
        for (var index = 0; index < lefts.Length; index++)
        {
            sum += lefts[index] * rights[index];
        }

        return LaneSum.Of(sum);
    }

    /// <summary>Scales a vector to length 1; a zero vector stays.</summary>
    public static void Normalize(Span<float> vector)
    {
        var square = Dot(vector, vector);
        if (square > 0)
        {
            var length = MathF.Sqrt(square);
            for (var index = 0; index < vector.Length; index++)
            {
                vector[index] /= length;
            }
        }
    }
}
