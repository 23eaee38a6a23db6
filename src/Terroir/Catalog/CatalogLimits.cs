namespace Terroir.Catalog;

/// <summary>When the catalogue tidies up. The defaults suit sites of every size; tests take smaller ones.</summary>
internal sealed record CatalogLimits
{
    /// <summary>Segments beyond this are merged.</summary>
    public int SegmentCountMax { get; init; } = 8;

    /// <summary>Records smaller than this together are never written anew.</summary>
    public long RecordsSizeMinBytes { get; init; } = 64 << 10;

    /// <summary>Packs are left alone until this many bytes come back at once: a copy costs a generation.</summary>
    public long DeadSizeMinBytes { get; init; } = 1 << 20;
}
