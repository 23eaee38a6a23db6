using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terroir.Retrieval.Segments;

/// <summary>Writes a segment; the same documents in the same order give the same bytes. The format is
/// <c>docs/formats/segment.md</c>.</summary>
/// <param name="analysis">The text analysis that made the terms.</param>
internal sealed class SegmentWriter(ushort analysis = SegmentFormat.Analysis)
{
    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly ArrayBufferWriter<byte> _firsts = new();
    private readonly ArrayBufferWriter<byte> _lengths = new();
    private readonly ArrayBufferWriter<byte> _terms = new();
    private readonly ArrayBufferWriter<byte> _names = new();
    private readonly ArrayBufferWriter<byte> _postings = new();
    private readonly List<int> _passageLengths = [];
    private readonly List<(int Document, int Ordinal)> _passages = [];
    private readonly TermPostings _term = new();

    public int DocumentCount { get; private set; }

    public int PassageCount => _passageLengths.Count;

    /// <summary>Adds a document; its passages take the next numbers.</summary>
    public void AddDocument(DocumentId id, int length, ReadOnlySpan<int> passageLengths)
    {
        _ids.Write(Convert.FromHexString(id.Value));
        WriteInt(_firsts, PassageCount);
        WriteInt(_lengths, length);
        for (var ordinal = 0; ordinal < passageLengths.Length; ordinal++)
        {
            _passageLengths.Add(passageLengths[ordinal]);
            _passages.Add((DocumentCount, ordinal));
        }

        DocumentCount++;
    }

    /// <summary>Adds a posting to the term that <see cref="EndTerm"/> will name, by ascending passage.</summary>
    public void AddPosting(Posting posting)
    {
        var (document, ordinal) = _passages[posting.Passage];
        _term.Add(document, ordinal, posting);
    }

    /// <summary>Closes a term; terms come by ascending bytes of their name. One without postings is left out.</summary>
    public void EndTerm(ReadOnlySpan<byte> name)
    {
        if (_term.DocumentCount is > 0 and var count)
        {
            _term.WriteTo(_postings);
            _names.Write(name);
            WriteInt(_terms, _names.WrittenCount);
            WriteInt(_terms, _postings.WrittenCount);
            WriteInt(_terms, count);
        }
    }

    public byte[] ToArray()
    {
        var lengthSize = _passageLengths.Exists(length => length > ushort.MaxValue)
            ? sizeof(int)
            : SegmentHeader.ShortLengthSize;
        var header = new SegmentHeader(
            DocumentCount,
            PassageCount,
            _terms.WrittenCount / SegmentFormat.TermSizeBytes,
            _names.WrittenCount,
            _postings.WrittenCount,
            lengthSize,
            analysis);
        var bytes = new byte[header.SizeBytes];
        header.Write(bytes);
        var at = SegmentFormat.HeaderSizeBytes;
        Append(_ids);
        Append(_firsts);
        Append(_lengths);
        foreach (var length in _passageLengths)
        {
            // Little endian: the first bytes of the longer form are the shorter one.
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), length);
            at += lengthSize;
        }

        Append(_terms);
        Append(_names);
        Append(_postings);
        Seal(bytes, (int)header.BodySize);
        return bytes;

        void Append(ArrayBufferWriter<byte> section)
        {
            section.WrittenSpan.CopyTo(bytes.AsSpan(at));
            at += section.WrittenCount;
        }
    }

    /// <summary>Writes the digests of a body's chunks, and the digest of the header with them, behind it.</summary>
    internal static void Seal(Span<byte> bytes, int bodySize)
    {
        var at = bodySize;
        for (var start = 0; start < bodySize; start += SegmentFormat.ChunkSizeBytes)
        {
            var end = Math.Min(start + SegmentFormat.ChunkSizeBytes, bodySize);
            SHA256.HashData(bytes[start..end], bytes[at..]);
            at += SegmentFormat.DigestSizeBytes;
        }

        SegmentBytes.Seal(bytes[..SegmentFormat.HeaderSizeBytes], bytes[bodySize..at]).CopyTo(bytes[at..]);
    }

    private static void WriteInt(ArrayBufferWriter<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(sizeof(int)), value);
        target.Advance(sizeof(int));
    }
}
