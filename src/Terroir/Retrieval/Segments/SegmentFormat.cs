namespace Terroir.Retrieval.Segments;

/// <summary>The sizes and marks of a segment's bytes; the page is <c>docs/formats/segment.md</c>.</summary>
/// <remarks>All numbers are little endian. The sections follow one another without gaps, so their sizes alone say
/// where each begins, and a length that does not fit is found before anything is read.</remarks>
internal static class SegmentFormat
{
    /// <summary>The first four bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "TEGS"u8;

    /// <summary>The layout that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    /// <summary>The analysis chains that made the terms: a query's terms must come from the same. It is raised when a
    /// chain changes, and <see cref="Version"/> is not.</summary>
    public const ushort Analysis = 1;

    /// <summary>Magic, version, analysis, and five counts of four bytes each.</summary>
    public const int HeaderSizeBytes = 28;

    /// <summary>A document's id (16), passage count (4) and length (4).</summary>
    public const int DocumentSizeBytes = 24;

    /// <summary>A passage's length in terms.</summary>
    public const int PassageSizeBytes = 4;

    /// <summary>Where a term's name ends (4), where its postings end (4), and how many they are (4).</summary>
    public const int TermSizeBytes = 12;

    /// <summary>SHA-256 over everything before it.</summary>
    public const int FooterSizeBytes = 32;

    /// <summary>A posting's mark: a count of its own follows; without it the count is 1.</summary>
    public const uint HasCount = 1;

    /// <summary>A posting's mark: a context count follows; without it there is none.</summary>
    public const uint HasContext = 2;

    /// <summary>How many bits the marks take below the distance to the passage before.</summary>
    public const int MarkBits = 2;
}
