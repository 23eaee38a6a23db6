using System.Security.Cryptography;

namespace Terroir.Retrieval.Segments;

/// <summary>Reads layout 1, which was written before layout 2, and writes it anew: it holds the same postings, so that
/// no document is read again. A merge or <c>terroir repair</c> leaves none of it behind.</summary>
internal static class LegacySegment
{
    /// <summary>The layout.</summary>
    public const ushort Version = 1;

    private const int HeaderSizeBytes = 28;
    private const int DocumentSizeBytes = 24;
    private const int PassageSizeBytes = 4;
    private const int MarkBits = 2;

    /// <summary>Writes a segment in the present layout.</summary>
    /// <exception cref="BlobCorruptException">The bytes are not those that were stored.</exception>
    /// <exception cref="SegmentUnsupportedException">Another analysis made its terms.</exception>
    public static byte[] Upgrade(ReadOnlySpan<byte> bytes, string name)
    {
        if (!SHA256.HashData(bytes[..^SegmentFormat.DigestSizeBytes]).AsSpan()
            .SequenceEqual(bytes[^SegmentFormat.DigestSizeBytes..]))
        {
            throw new BlobCorruptException(name);
        }

        var analysis = SegmentFormat.AnalysisOf(bytes);
        if (analysis != SegmentFormat.WordAnalysis)
        {
            throw new SegmentUnsupportedException(Version, analysis);
        }

        try
        {
            return Convert(bytes);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // Counts and ends that do not fit lead out of the bytes: a faulty writer sealed them.
            throw new BlobCorruptException(name);
        }
    }

    private static byte[] Convert(ReadOnlySpan<byte> bytes)
    {
        var (documentCount, passageCount, termCount) = (
            SegmentHeader.ReadInt(bytes, 8),
            SegmentHeader.ReadInt(bytes, 12),
            SegmentHeader.ReadInt(bytes, 16));
        var documents = Take(bytes, HeaderSizeBytes, (long)documentCount * DocumentSizeBytes);
        var at = HeaderSizeBytes + documents.Length;
        var passages = Take(bytes, at, (long)passageCount * PassageSizeBytes);
        at += passages.Length;
        var terms = Take(bytes, at, (long)termCount * SegmentFormat.TermSizeBytes);
        at += terms.Length;
        var names = Take(bytes, at, SegmentHeader.ReadInt(bytes, 20));
        at += names.Length;
        var postings = Take(bytes, at, SegmentHeader.ReadInt(bytes, 24));
        if (at + postings.Length != bytes.Length - SegmentFormat.DigestSizeBytes)
        {
            throw SegmentReader.Corrupt();
        }

        var writer = new SegmentWriter(SegmentFormat.WordAnalysis);
        AddDocuments(writer, documents, passages);
        var (name, posting) = (0, 0);
        for (var term = 0; term < termCount; term++)
        {
            var record = terms[(term * SegmentFormat.TermSizeBytes)..];
            var (nameEnd, postingEnd) = (SegmentHeader.ReadInt(record, 0), SegmentHeader.ReadInt(record, 4));
            AddPostings(writer, postings[posting..postingEnd], SegmentHeader.ReadInt(record, 8));
            writer.EndTerm(names[name..nameEnd]);
            (name, posting) = (nameEnd, postingEnd);
        }

        return writer.ToArray();
    }

    private static void AddDocuments(SegmentWriter writer, ReadOnlySpan<byte> documents, ReadOnlySpan<byte> passages)
    {
        var first = 0;
        for (var at = 0; at < documents.Length; at += DocumentSizeBytes)
        {
            // Before room is made for it: a count of a faulty writer can ask for all memory.
            var count = SegmentHeader.ReadInt(documents, at + 16);
            if (count > (passages.Length / PassageSizeBytes) - first)
            {
                throw SegmentReader.Corrupt();
            }

            var lengths = new int[count];
            for (var index = 0; index < lengths.Length; index++)
            {
                lengths[index] = SegmentHeader.ReadInt(passages, (first + index) * PassageSizeBytes);
            }

            writer.AddDocument(
                DocumentId.Parse(System.Convert.ToHexStringLower(documents.Slice(at, SegmentFormat.IdSizeBytes))),
                SegmentHeader.ReadInt(documents, at + 20),
                lengths);
            first += lengths.Length;
        }

        if (first * PassageSizeBytes != passages.Length)
        {
            throw SegmentReader.Corrupt();
        }
    }

    private static void AddPostings(SegmentWriter writer, ReadOnlySpan<byte> bytes, int count)
    {
        var (at, passage) = (0, -1L);
        for (var left = count; left > 0; left--)
        {
            var step = NumberCoding.Read(bytes, ref at);
            passage += 1 + (step >> MarkBits);
            var own = (step & SegmentFormat.HasCount) != 0 ? NumberCoding.Read(bytes, ref at) : 1;
            var context = (step & SegmentFormat.HasContext) != 0 ? NumberCoding.Read(bytes, ref at) : 0;
            if (passage >= writer.PassageCount || own > int.MaxValue || context > int.MaxValue)
            {
                throw SegmentReader.Corrupt();
            }

            writer.AddPosting(new Posting((int)passage, (int)own, (int)context));
        }

        if (at != bytes.Length)
        {
            throw SegmentReader.Corrupt();
        }
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int at, long size) =>
        size <= bytes.Length - at ? bytes.Slice(at, (int)size) : throw SegmentReader.Corrupt();
}
