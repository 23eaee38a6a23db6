namespace Terroir.Documents;

/// <summary>A range of bytes.</summary>
/// <param name="Start">The first byte, from 0.</param>
/// <param name="End">The byte after the last; not less than <paramref name="Start"/>.</param>
public sealed record ByteRange(long Start, long End);
