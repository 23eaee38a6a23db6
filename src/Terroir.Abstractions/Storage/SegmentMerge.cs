namespace Terroir.Storage;

/// <summary>Replaces segments by one that holds their live documents.</summary>
/// <param name="Inputs">The segments that go.</param>
/// <param name="Output">The segment that comes; <see langword="null"/> when no live document was left.</param>
public sealed record SegmentMerge(IReadOnlyList<ContentHash> Inputs, SegmentRow? Output);
