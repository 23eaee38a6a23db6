using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Terroir.Retrieval.Segments;

/// <summary>A segment in memory, checked whole: counts, lengths, order and checksum.</summary>
/// <remarks>Safe to share between threads. The bytes are kept as they are and terms are found by halving, so that an
/// open segment takes little more memory than its file.</remarks>
internal sealed class SegmentReader
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly int _termCount;
    private readonly int _termsAt;
    private readonly int _namesAt;
    private readonly int _postingsAt;

    /// <summary>Opens a segment.</summary>
    /// <param name="content">Its bytes; they are not copied and must not change.</param>
    /// <exception cref="BlobCorruptException">They are no segment, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote them.</exception>
    public SegmentReader(ReadOnlyMemory<byte> content)
    {
        _content = content;
        var bytes = content.Span;
        CheckMarks(bytes);
        var documentCount = ReadInt(bytes, 8);
        var passageCount = ReadInt(bytes, 12);
        _termCount = ReadInt(bytes, 16);
        var namesSize = ReadInt(bytes, 20);
        var postingsSize = ReadInt(bytes, 24);
        var passagesAt = SegmentFormat.HeaderSizeBytes + ((long)documentCount * SegmentFormat.DocumentSizeBytes);
        var termsAt = passagesAt + ((long)passageCount * SegmentFormat.PassageSizeBytes);
        var namesAt = termsAt + ((long)_termCount * SegmentFormat.TermSizeBytes);
        var postingsAt = namesAt + namesSize;
        CheckEnd(bytes, postingsAt + postingsSize);

        _termsAt = (int)termsAt;
        _namesAt = (int)namesAt;
        _postingsAt = (int)postingsAt;
        Documents = ReadDocuments(bytes, documentCount, passageCount);
        PassageLengths = ReadLengths(bytes[(int)passagesAt..], passageCount);
        DocumentOfPassage = new int[passageCount];
        for (var index = 0; index < Documents.Length; index++)
        {
            var document = Documents[index];
            Array.Fill(DocumentOfPassage, index, document.FirstPassage, document.PassageCount);
        }

        CheckTerms(namesSize, postingsSize);
    }

    /// <summary>The documents, in the order in which they were added.</summary>
    public SegmentDocumentEntry[] Documents { get; }

    /// <summary>The length of each passage in terms.</summary>
    public int[] PassageLengths { get; }

    /// <summary>The document of each passage.</summary>
    public int[] DocumentOfPassage { get; }

    /// <summary>How many terms there are; they are numbered from 0, by name.</summary>
    public int TermCount => _termCount;

    /// <summary>The name of a term, UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int term) =>
        _content.Span[(_namesAt + End(term - 1, 0))..(_namesAt + End(term, 0))];

    /// <summary>Finds a term.</summary>
    /// <returns>Its number, or -1.</returns>
    public int Find(string term)
    {
        ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(term);
        var at = FindFrom(name);
        return at < _termCount && Name(at).SequenceEqual(name) ? at : -1;
    }

    /// <summary>Finds the first term that is not before a name: those that share a prefix stand together.</summary>
    /// <param name="name">The name or prefix, UTF-8.</param>
    /// <returns>Its number; <see cref="TermCount"/> if all are before it.</returns>
    public int FindFrom(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, _termCount);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Name(middle).SequenceCompareTo(name) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The postings of a term by passage; none for -1.</summary>
    public PostingReader Postings(int term) => term < 0
        ? new PostingReader([], 0, 0)
        : new PostingReader(RawPostings(term), PostingCount(term), PassageLengths.Length);

    internal static BlobCorruptException Corrupt() => new("segment");

    private ReadOnlySpan<byte> RawPostings(int term) =>
        _content.Span[(_postingsAt + End(term - 1, 4))..(_postingsAt + End(term, 4))];

    private int PostingCount(int term) => ReadInt(_content.Span, _termsAt + (term * SegmentFormat.TermSizeBytes) + 8);

    private int End(int term, int field) =>
        term < 0 ? 0 : ReadInt(_content.Span, _termsAt + (term * SegmentFormat.TermSizeBytes) + field);

    private static void CheckMarks(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SegmentFormat.HeaderSizeBytes + SegmentFormat.FooterSizeBytes
            || !bytes.StartsWith(SegmentFormat.Magic))
        {
            throw Corrupt();
        }

        var footer = bytes[^SegmentFormat.FooterSizeBytes..];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^SegmentFormat.FooterSizeBytes], digest);
        if (!digest.SequenceEqual(footer))
        {
            throw Corrupt();
        }

        // After the checksum: a flipped bit in the version is damage, not a segment of another program.
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        var analysis = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (version != SegmentFormat.Version || analysis != SegmentFormat.Analysis)
        {
            throw new SegmentUnsupportedException(version, analysis);
        }
    }

    private static void CheckEnd(ReadOnlySpan<byte> bytes, long end)
    {
        if (end != bytes.Length - SegmentFormat.FooterSizeBytes)
        {
            throw Corrupt();
        }
    }

    private static SegmentDocumentEntry[] ReadDocuments(ReadOnlySpan<byte> bytes, int count, int passageCount)
    {
        var documents = new SegmentDocumentEntry[count];
        long first = 0;
        for (var index = 0; index < count; index++)
        {
            var record = bytes.Slice(
                SegmentFormat.HeaderSizeBytes + (index * SegmentFormat.DocumentSizeBytes),
                SegmentFormat.DocumentSizeBytes);
            var passages = ReadInt(record, 16);
            if (first + passages > passageCount)
            {
                throw Corrupt();
            }

            documents[index] = new SegmentDocumentEntry(
                DocumentId.Parse(Convert.ToHexStringLower(record[..16])),
                (int)first,
                passages,
                ReadInt(record, 20));
            first += passages;
        }

        return first == passageCount ? documents : throw Corrupt();
    }

    private static int[] ReadLengths(ReadOnlySpan<byte> bytes, int count)
    {
        var lengths = new int[count];
        for (var index = 0; index < count; index++)
        {
            lengths[index] = ReadInt(bytes, index * SegmentFormat.PassageSizeBytes);
        }

        return lengths;
    }

    private static int ReadInt(ReadOnlySpan<byte> bytes, int at)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        return value <= int.MaxValue ? (int)value : throw Corrupt();
    }

    private void CheckTerms(int namesSize, int postingsSize)
    {
        var (name, postings) = (0, 0);
        for (var term = 0; term < _termCount; term++)
        {
            var (nameEnd, postingsEnd) = (End(term, 0), End(term, 4));
            var isInside = nameEnd > name && nameEnd <= namesSize
                && postingsEnd > postings && postingsEnd <= postingsSize;
            if (!isInside || (term > 0 && Name(term - 1).SequenceCompareTo(Name(term)) >= 0))
            {
                throw Corrupt();
            }

            (name, postings) = (nameEnd, postingsEnd);
        }

        if (name != namesSize || postings != postingsSize)
        {
            throw Corrupt();
        }
    }
}
