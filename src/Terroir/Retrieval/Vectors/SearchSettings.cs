namespace Terroir.Retrieval.Vectors;

/// <summary>How a search is done.</summary>
/// <param name="Path">With which kernels.</param>
/// <param name="Bounds">What is taken for impossible; <see langword="null"/> for exact results.</param>
/// <param name="Limits">Which way a block is searched.</param>
internal sealed record SearchSettings(VectorPath Path, FastBounds? Bounds, ScanLimits Limits)
{
    public static SearchSettings Exact { get; } = new(VectorPath.Best, Bounds: null, ScanLimits.Default);

    public static SearchSettings Fast { get; } = new(VectorPath.Best, FastBounds.Default, ScanLimits.Default);

    /// <summary>The settings of a mode.</summary>
    public static SearchSettings Of(VectorSearchMode mode) => mode == VectorSearchMode.Fast ? Fast : Exact;
}
