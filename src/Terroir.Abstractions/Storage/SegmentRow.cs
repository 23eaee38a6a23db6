namespace Terroir.Storage;

/// <summary>An index segment of a collection.</summary>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="DocumentCount">How many documents it was built from.</param>
/// <param name="PassageCount">How many passages it holds.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record SegmentRow(ContentHash Hash, int DocumentCount, int PassageCount, long SizeBytes);
