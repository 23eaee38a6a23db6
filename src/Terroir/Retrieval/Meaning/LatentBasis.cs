namespace Terroir.Retrieval.Meaning;

/// <summary>What latent semantic analysis (Deerwester et al., 1990) learned from some documents: a vector for each
/// term, so that terms of like texts have like vectors. A text's vector is the weighted sum of its terms'.</summary>
/// <remarks>Immutable, safe to share between threads.</remarks>
internal sealed class LatentBasis
{
    /// <summary>The length of a vector.</summary>
    public const int Dimensions = 128;

    private readonly float[] _rarities;
    private readonly float[] _vectors;
    private readonly Dictionary<string, int> _numbers;

    /// <summary>Keeps what was learned.</summary>
    /// <param name="terms">The terms, ordinal, distinct.</param>
    /// <param name="rarities">The weight of each.</param>
    /// <param name="vectors">The vector of each, one after the other.</param>
    public LatentBasis(IReadOnlyList<string> terms, float[] rarities, float[] vectors)
    {
        Terms = terms;
        _rarities = rarities;
        _vectors = vectors;
        _numbers = new Dictionary<string, int>(terms.Count, StringComparer.Ordinal);
        for (var index = 0; index < terms.Count; index++)
        {
            _numbers.Add(terms[index], index);
        }
    }

    /// <summary>The terms it knows, in ordinal order.</summary>
    public IReadOnlyList<string> Terms { get; }

    public ReadOnlySpan<float> Rarities => _rarities;

    public ReadOnlySpan<float> Vectors => _vectors;

    /// <summary>Adds a term's part to the vector of a text that holds it so often.</summary>
    /// <param name="term">The number of the term.</param>
    /// <param name="count">How often.</param>
    /// <param name="target">The vector.</param>
    public void AddTo(Span<float> target, int term, int count) => VectorLanes.AddTo(
        target,
        _vectors.AsSpan(term * Dimensions, Dimensions),
        TermWeights.OfCount(count) * _rarities[term]);

    /// <summary>The vector of a query, of length 1. Terms that the query does not say itself do not count.</summary>
    /// <returns>The vector, or <see langword="null"/> if no term is known.</returns>
    public float[]? Fold(IReadOnlyList<QueryTerm> query)
    {
        var vector = new float[Dimensions];
        foreach (var term in query)
        {
            if (term.IsFromQuery && _numbers.TryGetValue(term.Name, out var number))
            {
                AddTo(vector, number, (int)Math.Ceiling(term.Weight));
            }
        }

        VectorLanes.Normalize(vector);
        return vector.AsSpan().ContainsAnyExcept(0f) ? vector : null;
    }
}
