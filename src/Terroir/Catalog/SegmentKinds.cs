using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>What a segment row of a generation holds, told by its counts.</summary>
internal static class SegmentKinds
{
    /// <summary>Whether it holds documents: their postings.</summary>
    public static bool HoldsDocuments(SegmentRow row) => row.DocumentCount > 0;

    /// <summary>Whether it holds what was learned from the text; there is at most one.</summary>
    public static bool HoldsLearning(SegmentRow row) => row is { DocumentCount: 0, PassageCount: 0 };

    /// <summary>Whether it holds vectors of passages, whose documents other segments hold.</summary>
    public static bool HoldsVectors(SegmentRow row) => row is { DocumentCount: 0, PassageCount: > 0 };
}
