namespace Terroir.Retention.Residue;

/// <summary>What a search for remains found.</summary>
/// <param name="FileCount">Files that were read.</param>
/// <param name="SizeBytes">Bytes that were read, with those of sealed objects after they were opened.</param>
/// <param name="ProbeCount">Hashes that were looked for.</param>
/// <param name="Found">Where remains are, at most <see cref="FoundMax"/>; empty if there are none.</param>
/// <param name="SharedCount">How many of the hashes were found and belong to documents that stay as well.</param>
public sealed record ResidueReport(
    int FileCount,
    long SizeBytes,
    int ProbeCount,
    IReadOnlyList<ResiduePlace> Found,
    int SharedCount)
{
    /// <summary>The receipts whose openings hold remains: they stand there in base64.</summary>
    internal IReadOnlyList<ContentHash> Receipts { get; init; } = [];

    /// <summary>How many places are told at most.</summary>
    public const int FoundMax = 100;
}

/// <summary>Where remains are.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many bytes were recognised.</param>
public sealed record ResiduePlace(string File, long Offset, int Length);
