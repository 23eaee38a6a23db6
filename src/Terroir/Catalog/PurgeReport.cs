namespace Terroir.Catalog;

/// <summary>What a purge wrote anew.</summary>
/// <param name="SegmentCount">Segments.</param>
/// <param name="RepackCount">Generations in which packs were copied.</param>
/// <param name="HasForgotten">Whether what was learned from the text was forgotten, to be learned again.</param>
public sealed record PurgeReport(int SegmentCount, int RepackCount, bool HasForgotten);
