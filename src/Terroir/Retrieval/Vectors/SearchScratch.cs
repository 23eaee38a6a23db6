namespace Terroir.Retrieval.Vectors;

/// <summary>The memory of one search in a block, used again by the next.</summary>
internal sealed class SearchScratch(VectorBlockFormat format)
{
    public PreparedQuery Query { get; } = new(format.Stride, format.CodeLength);

    public Shortlist Shortlist { get; } = new();

    /// <summary>For each list the least squared distance that a row of it can have from the query, as far as bounds
    /// tell. </summary>
    public float[] ListBounds { get; } = new float[format.ListCount];

    /// <summary>For each list the distance of its centre from the query.</summary>
    public float[] ListDistances { get; } = new float[format.ListCount];

    /// <summary>The lists, those to visit first at the top.</summary>
    public ListQueue Lists { get; } = new(format.ListCount);
}
