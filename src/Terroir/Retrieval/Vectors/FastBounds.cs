namespace Terroir.Retrieval.Vectors;

/// <summary>What <see cref="VectorSearchMode.Fast"/> takes for impossible.</summary>
/// <param name="Deviations">How many standard deviations an estimate may be wrong by: the epsilon of RaBitQ (Gao and
/// Long, SIGMOD 2024), whose authors take 1.9.</param>
/// <param name="Cosine">The greatest cosine, seen from a list's centre, between the query and a vector of the list; 1
/// is the triangle inequality, and each list is then visited until that says that nothing better remains.</param>
internal sealed record FastBounds(float Deviations, float Cosine)
{
    /// <summary>Recall@10 of 0.95 and more on the two sets of <c>docs/benchmarks.md</c>, on which they were
    /// chosen.</summary>
    public static FastBounds Default { get; } = new(Deviations: 1.9f, Cosine: 0.45f);

    // The rests of byte codes have no direction of their own: a bound twice as safe still costs nothing.
    private const float CodeFactor = 2;

    /// <summary>Which share of the greatest error of a byte code is expected at most: an inner product with a rest of
    /// random direction has the standard deviation 1/√d of what Cauchy and Schwarz allow.</summary>
    /// <param name="codeLength">Components of a code, d.</param>
    public float ShareOfError(int codeLength) =>
        MathF.Min(1, CodeFactor * Deviations / MathF.Sqrt(codeLength));
}
