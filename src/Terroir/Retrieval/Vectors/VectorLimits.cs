namespace Terroir.Retrieval.Vectors;

/// <summary>What vectors may be like.</summary>
internal static class VectorLimits
{
    /// <summary>The most components of a vector.</summary>
    public const int DimensionsMax = 4_096;

    /// <summary>The most vectors that a search returns.</summary>
    public const int CountMax = 1_000;

    /// <summary>The greatest magnitude of a component: squares of it and their sums stay finite.</summary>
    public const float ComponentMax = 1e15f;

    /// <summary>Refuses what cannot be compared.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="dimensions">How many components it must have.</param>
    /// <exception cref="VectorUnusableException">It has another length, or a component that is not finite or greater
    /// than <see cref="ComponentMax"/>.</exception>
    public static void Check(ReadOnlySpan<float> vector, int dimensions)
    {
        if (vector.Length != dimensions)
        {
            throw new VectorUnusableException(dimensions, vector.Length);
        }

        for (var at = 0; at < vector.Length; at++)
        {
            if (!(MathF.Abs(vector[at]) <= ComponentMax))
            {
                throw new VectorUnusableException(dimensions, vector.Length, at);
            }
        }
    }

    /// <summary>The next multiple of a power of two.</summary>
    public static int Pad(int length, int multiple) => (length + multiple - 1) & -multiple;
}
