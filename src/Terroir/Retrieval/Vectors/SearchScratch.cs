namespace Terroir.Retrieval.Vectors;

/// <summary>The memory of one search in a block, used again by the next.</summary>
internal sealed class SearchScratch(VectorBlockFormat format)
{
    public PreparedQuery Query { get; } = new(format.Stride, format.CodeLength);

    public Shortlist Shortlist { get; } = new();

    /// <summary>The rows of a scan of all coarse codes.</summary>
    public CoarseScan Coarse { get; } = new();

    /// <summary>For each list the greatest score that a row of it can have, as far as bounds tell.</summary>
    public float[] ListBounds { get; } = new float[format.ListCount];

    /// <summary>The lists, those to visit first at the top.</summary>
    public ListQueue Lists { get; } = new(format.ListCount);
}
