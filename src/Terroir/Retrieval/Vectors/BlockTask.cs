namespace Terroir.Retrieval.Vectors;

/// <summary>One search of one block.</summary>
/// <param name="Block">The block.</param>
/// <param name="SourceNumber">Its number among the sources of the search.</param>
/// <param name="Allowed">The rows that may be looked at; all when <see langword="null"/>.</param>
/// <param name="Bounds">What is taken for impossible, or <see langword="null"/> for
/// <see cref="VectorSearchMode.Exact"/>.</param>
/// <param name="Limits">Which way is taken.</param>
/// <param name="Scratch">The query and memory that is used again.</param>
internal sealed record BlockTask(
    VectorBlock Block,
    int SourceNumber,
    AllowedRows? Allowed,
    FastBounds? Bounds,
    ScanLimits Limits,
    SearchScratch Scratch);
