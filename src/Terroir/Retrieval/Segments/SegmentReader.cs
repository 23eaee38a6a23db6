using System.Buffers.Binary;
using System.Text;

namespace Terroir.Retrieval.Segments;

/// <summary>A segment, read where its bytes stand: in a mapped file or in memory.</summary>
/// <remarks>Safe to share between threads. Terms are found by halving and nothing is read ahead, so that opening takes
/// the same time whatever the size. No byte is used before its chunk was checked (<see cref="SegmentBytes"/>); what a
/// faulty writer sealed is found where it is read.</remarks>
internal sealed class SegmentReader
{
    private readonly SegmentBytes _bytes;
    private readonly SegmentHeader _header;

    /// <summary>Opens a segment.</summary>
    /// <param name="content">Its bytes; they are not copied and must not change.</param>
    /// <param name="name">What it is called in an error.</param>
    /// <exception cref="BlobCorruptException">They are no segment, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote them.</exception>
    public SegmentReader(ReadOnlyMemory<byte> content, string name = "segment")
    {
        if (!SegmentFormat.IsSegment(content.Span))
        {
            throw new BlobCorruptException(name);
        }

        if (SegmentFormat.VersionOf(content.Span) == LegacySegment.Version)
        {
            content = LegacySegment.Upgrade(content.Span, name);
        }

        // The seal comes first: a flipped bit in the version is damage, not a segment of another program.
        _bytes = new SegmentBytes(content, name);
        var (version, analysis) = (SegmentFormat.VersionOf(content.Span), SegmentFormat.AnalysisOf(content.Span));
        if (version != SegmentFormat.Version || !SegmentFormat.HasWordsOf(analysis))
        {
            throw new SegmentUnsupportedException(version, analysis);
        }

        Analysis = analysis;
        _header = _bytes.Header;
        Documents = new SegmentDocuments(_bytes);
        PassageLengths = new PassageLengths(_bytes);
    }

    /// <summary>The text analysis that made its terms.</summary>
    public ushort Analysis { get; }

    /// <summary>The documents, in the order in which they were added.</summary>
    public SegmentDocuments Documents { get; }

    /// <summary>The length of each passage in terms.</summary>
    public PassageLengths PassageLengths { get; }

    /// <summary>How many terms there are; they are numbered from 0, by name.</summary>
    public int TermCount => _header.TermCount;

    /// <summary>The name of a term, UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int term)
    {
        var (start, end) = Range(term, 0);
        return _bytes.Read(_header.NamesAt + start, end - start);
    }

    /// <summary>Finds a term.</summary>
    /// <returns>Its number, or -1.</returns>
    public int Find(string term)
    {
        ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(term);
        var at = FindFrom(name);
        return at < TermCount && Name(at).SequenceEqual(name) ? at : -1;
    }

    /// <summary>Finds the first term that is not before a name: those that share a prefix stand together.</summary>
    /// <param name="name">The name or prefix, UTF-8.</param>
    /// <returns>Its number; <see cref="TermCount"/> if all are before it.</returns>
    public int FindFrom(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, TermCount);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Name(middle).SequenceCompareTo(name) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>In how many documents of the segment a term stands, live or not; 0 for -1.</summary>
    public int DocumentCount(int term) => term < 0 ? 0 : Field(term, 2 * SegmentFormat.NumberSizeBytes);

    /// <summary>The documents that hold a term; none for -1.</summary>
    public PostingBlocks Blocks(int term)
    {
        if (term < 0)
        {
            return new PostingBlocks(new byte[SegmentFormat.PaddingSizeBytes], 0, 0);
        }

        var (start, end) = Range(term, SegmentFormat.NumberSizeBytes);
        return new PostingBlocks(
            _bytes.Read(_header.PostingsAt + start, end - start + SegmentFormat.PaddingSizeBytes),
            DocumentCount(term),
            _header.DocumentCount);
    }

    /// <summary>The passages that hold a term; none for -1.</summary>
    public PostingReader Postings(int term) =>
        new(Blocks(term), Documents.AllFirsts(), _header.PassageCount);

    /// <summary>Checks every byte.</summary>
    /// <exception cref="BlobCorruptException">Some are damaged.</exception>
    public void CheckAll() => _bytes.CheckAll();

    internal static BlobCorruptException Corrupt() => new("segment");

    private (int Start, int End) Range(int term, int field)
    {
        var (start, end) = (term == 0 ? 0 : Field(term - 1, field), Field(term, field));
        return start >= 0 && start <= end ? (start, end) : throw _bytes.Corrupt();
    }

    private int Field(int term, int field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(term);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(term, TermCount);
        var at = _header.TermsAt + ((long)term * SegmentFormat.TermSizeBytes) + field;
        var value = BinaryPrimitives.ReadInt32LittleEndian(_bytes.Read(at, SegmentFormat.NumberSizeBytes));
        return value >= 0 ? value : throw _bytes.Corrupt();
    }
}
