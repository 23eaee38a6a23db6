using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terroir.Retrieval.Segments;

/// <summary>Writes a segment; the same documents in the same order give the same bytes. The format is
/// <c>docs/formats/segment.md</c>.</summary>
internal sealed class SegmentWriter
{
    private readonly ArrayBufferWriter<byte> _documents = new();
    private readonly ArrayBufferWriter<byte> _passages = new();
    private readonly ArrayBufferWriter<byte> _terms = new();
    private readonly ArrayBufferWriter<byte> _names = new();
    private readonly ArrayBufferWriter<byte> _postings = new();

    private int _termPostingCount;
    private int _lastPassage;

    public int DocumentCount { get; private set; }

    public int PassageCount { get; private set; }

    /// <summary>Adds a document; its passages take the next numbers.</summary>
    public void AddDocument(DocumentId id, int length, ReadOnlySpan<int> passageLengths)
    {
        _documents.Write(Convert.FromHexString(id.Value));
        WriteInt(_documents, passageLengths.Length);
        WriteInt(_documents, length);
        foreach (var passageLength in passageLengths)
        {
            WriteInt(_passages, passageLength);
        }

        DocumentCount++;
        PassageCount += passageLengths.Length;
    }

    /// <summary>Adds a posting to the term that <see cref="EndTerm"/> will name, by ascending passage.</summary>
    public void AddPosting(Posting posting)
    {
        var marks = (posting.Count != 1 ? SegmentFormat.HasCount : 0)
            | (posting.ContextCount != 0 ? SegmentFormat.HasContext : 0);
        var distance = (uint)(posting.Passage - (_termPostingCount == 0 ? -1 : _lastPassage) - 1);
        WriteNumber(((ulong)distance << SegmentFormat.MarkBits) | marks);
        if (posting.Count != 1)
        {
            WriteNumber((ulong)posting.Count);
        }

        if (posting.ContextCount != 0)
        {
            WriteNumber((ulong)posting.ContextCount);
        }

        _lastPassage = posting.Passage;
        _termPostingCount++;
    }

    /// <summary>Closes a term; terms come by ascending bytes of their name. One without postings is left out.</summary>
    public void EndTerm(ReadOnlySpan<byte> name)
    {
        if (_termPostingCount > 0)
        {
            _names.Write(name);
            WriteInt(_terms, _names.WrittenCount);
            WriteInt(_terms, _postings.WrittenCount);
            WriteInt(_terms, _termPostingCount);
            _termPostingCount = 0;
        }
    }

    public byte[] ToArray()
    {
        ArrayBufferWriter<byte>[] sections = [_documents, _passages, _terms, _names, _postings];
        var size = SegmentFormat.HeaderSizeBytes + sections.Sum(section => section.WrittenCount);
        var bytes = new byte[size + SegmentFormat.FooterSizeBytes];
        SegmentFormat.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), SegmentFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), SegmentFormat.Analysis);
        int[] counts =
        [
            DocumentCount,
            PassageCount,
            _terms.WrittenCount / SegmentFormat.TermSizeBytes,
            _names.WrittenCount,
            _postings.WrittenCount,
        ];
        var at = 8;
        foreach (var count in counts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), count);
            at += sizeof(int);
        }

        foreach (var section in sections)
        {
            section.WrittenSpan.CopyTo(bytes.AsSpan(at));
            at += section.WrittenCount;
        }

        SHA256.HashData(bytes.AsSpan(0, at), bytes.AsSpan(at));
        return bytes;
    }

    private static void WriteInt(ArrayBufferWriter<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(sizeof(int)), value);
        target.Advance(sizeof(int));
    }

    private void WriteNumber(ulong value)
    {
        var target = _postings.GetSpan(10);
        var size = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[size++] = (byte)(value | 0x80);
        }

        target[size++] = (byte)value;
        _postings.Advance(size);
    }
}
