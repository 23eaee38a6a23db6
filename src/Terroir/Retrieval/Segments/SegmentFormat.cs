using System.Buffers.Binary;

namespace Terroir.Retrieval.Segments;

/// <summary>The sizes and marks of a segment's bytes; the page is <c>docs/formats/segment.md</c>.</summary>
/// <remarks>All numbers are little endian. The sections follow one another without gaps, so the counts in the header
/// say where each begins, and a length that does not fit is found before anything is read.</remarks>
internal static class SegmentFormat
{
    /// <summary>The layout that is written. Layout 1 is read too; see <see cref="LegacySegment"/>.</summary>
    public const ushort Version = 2;

    /// <summary>The text analysis that made the terms: a query's must come from the same chains. It is raised when an
    /// analysis changes, and <see cref="Version"/> is not. 2 has identifiers and acronyms beside the words.</summary>
    public const ushort Analysis = 2;

    /// <summary>The first analysis whose words are those of <see cref="Analysis"/>. From it on segments are read, and
    /// what stands beside the words is not found in older ones until <c>terroir repair</c> has written them anew.
    /// </summary>
    public const ushort WordAnalysis = 1;

    /// <summary>Magic, version, analysis, and six counts of four bytes each.</summary>
    public const int HeaderSizeBytes = 32;

    /// <summary>A document's id.</summary>
    public const int IdSizeBytes = 16;

    /// <summary>A number of a column: a document's first passage, its length, an end.</summary>
    public const int NumberSizeBytes = 4;

    /// <summary>Where a term's name ends (4), where its postings end (4), and in how many documents it stands (4).
    /// </summary>
    public const int TermSizeBytes = 12;

    /// <summary>Zeros after the postings: whoever unpacks the last number reads eight bytes.</summary>
    public const int PaddingSizeBytes = 8;

    /// <summary>How many bytes have one digest: a chunk is checked when it is first touched.</summary>
    public const int ChunkSizeBytes = 1 << ChunkSizeBits;

    /// <summary>The logarithm of <see cref="ChunkSizeBytes"/>.</summary>
    public const int ChunkSizeBits = 16;

    /// <summary>The SHA-256 digest of a chunk, and of the header with all of them: the last bytes.</summary>
    public const int DigestSizeBytes = 32;

    /// <summary>How many documents of a term stand in one block.</summary>
    public const int BlockDocumentCount = 128;

    /// <summary>The last document of a block (4) and where the block ends (4); only terms with several blocks have
    /// them.</summary>
    public const int SkipSizeBytes = 8;

    /// <summary>A passage's mark: a count of its own follows; without it the count is 1.</summary>
    public const uint HasCount = 1;

    /// <summary>A passage's mark: a context count follows; without it there is none.</summary>
    public const uint HasContext = 2;

    /// <summary>A passage's mark: no other passage of the document has the term.</summary>
    public const uint IsLast = 4;

    /// <summary>How many bits the marks take below the distance to the passage before.</summary>
    public const int MarkBits = 3;

    /// <summary>The first four bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "TEGS"u8;

    /// <summary>How many chunks some bytes are.</summary>
    public static int ChunkCount(long sizeBytes) => (int)((sizeBytes + ChunkSizeBytes - 1) >> ChunkSizeBits);

    /// <summary>Whether the bytes begin as a segment of some layout does.</summary>
    public static bool IsSegment(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderSizeBytes + DigestSizeBytes && bytes.StartsWith(Magic);

    /// <summary>The layout that the bytes name.</summary>
    public static ushort VersionOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);

    /// <summary>Whether an analysis gives words as <see cref="Analysis"/> does.</summary>
    public static bool HasWordsOf(ushort analysis) => analysis is >= WordAnalysis and <= Analysis;

    /// <summary>The text analysis that the bytes name.</summary>
    public static ushort AnalysisOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
}
