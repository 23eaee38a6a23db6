namespace Terroir.Retrieval.Vectors;

/// <summary>What <see cref="VectorSearchMode.Fast"/> takes for impossible.</summary>
/// <param name="Deviations">How many standard deviations an estimate may be wrong by: the epsilon of RaBitQ (Gao and
/// Long, SIGMOD 2024), whose authors take 1.9.</param>
/// <param name="Cosine">The greatest cosine, seen from a list's centre, between the query and a vector of the list; 1
/// is the triangle inequality, and each list is then visited until that says that nothing better remains.</param>
internal sealed record FastBounds(float Deviations, float Cosine)
{
    /// <summary>Recall@10 of 0.95 and more on the sets of <c>docs/benchmarks.md</c>, on which they were
    /// chosen.</summary>
    public static FastBounds Default { get; } = new(Deviations: 1.9f, Cosine: 0.35f);
}
