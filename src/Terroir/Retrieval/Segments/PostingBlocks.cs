using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>Walks over the documents that hold a term, a block of 128 at a time; a block that no one needs is skipped
/// by its last document alone.</summary>
/// <remarks>Bytes that no writer writes end in <see cref="BlobCorruptException"/>, never in a document that is not
/// there.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct PostingBlocks
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _size;
    private readonly int _documentCount;
    private readonly int _termDocumentCount;
    private readonly int _blocksAt;
    private ReadOnlySpan<byte> _block;
    private int _number;
    private int _start;
    private int _previous;

    /// <summary>Begins before the first block.</summary>
    /// <param name="bytes">The term's bytes and <see cref="SegmentFormat.PaddingSizeBytes"/> more.</param>
    /// <param name="termDocumentCount">How many documents hold the term.</param>
    /// <param name="documentCount">How many documents the segment has.</param>
    public PostingBlocks(ReadOnlySpan<byte> bytes, int termDocumentCount, int documentCount)
    {
        _bytes = bytes;
        _size = bytes.Length - SegmentFormat.PaddingSizeBytes;
        _termDocumentCount = termDocumentCount;
        _documentCount = documentCount;
        BlockCount = (termDocumentCount + SegmentFormat.BlockDocumentCount - 1) / SegmentFormat.BlockDocumentCount;
        _blocksAt = BlockCount > 1 ? BlockCount * SegmentFormat.SkipSizeBytes : 0;
        _number = -1;
        _previous = -1;
        Last = -1;
        if (termDocumentCount > documentCount || _blocksAt > _size)
        {
            throw SegmentReader.Corrupt();
        }
    }

    public int BlockCount { get; }

    /// <summary>The last document of this block; the last of the segment where only one block is.</summary>
    public int Last { get; private set; }

    /// <summary>How many documents this block has.</summary>
    public readonly int Count => Math.Min(
        SegmentFormat.BlockDocumentCount,
        _termDocumentCount - (_number * SegmentFormat.BlockDocumentCount));

    private readonly int DocumentWidth => _block[0];

    private readonly int CountWidth => _block[1];

    /// <summary>Goes to the next block.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_number + 1 >= BlockCount)
        {
            return false;
        }

        _number++;
        _previous = Last;
        var end = _size - _blocksAt;
        Last = _documentCount - 1;
        if (BlockCount > 1)
        {
            var skip = _bytes[(_number * SegmentFormat.SkipSizeBytes)..];
            Last = BinaryPrimitives.ReadInt32LittleEndian(skip);
            end = BinaryPrimitives.ReadInt32LittleEndian(skip[sizeof(int)..]);
        }

        if (end < _start + 2 || end > _size - _blocksAt || Last <= _previous || Last >= _documentCount)
        {
            throw SegmentReader.Corrupt();
        }

        // With what follows: unpacking reads eight bytes more than it needs.
        _block = _bytes[(_blocksAt + _start)..];
        _start = end;
        return true;
    }

    /// <summary>Goes to the first block that can hold a document or one after it; stays where it is if that can.
    /// </summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveTo(int document)
    {
        while (_number < 0 || Last < document)
        {
            if (!MoveNext())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the documents of this block, ascending.</summary>
    /// <param name="documents">At least <see cref="SegmentFormat.BlockDocumentCount"/>.</param>
    /// <returns>The documents.</returns>
    public readonly Span<int> ReadDocuments(Span<int> documents)
    {
        var values = documents[..Count];
        Check();
        BitPacking.Unpack(_block[2..], DocumentWidth, values);
        var (document, sign) = (_previous, 0);
        for (var index = 0; index < values.Length; index++)
        {
            document += values[index] + 1;
            sign |= document;
            values[index] = document;
        }

        // A sum that overflows once shows its sign, so that all of them are right when the last is.
        return sign >= 0 && (BlockCount > 1 ? document == Last : document <= Last)
            ? values
            : throw SegmentReader.Corrupt();
    }

    /// <summary>Reads how often the term stands in each document of this block: in its text, and at most in title and
    /// headings above one passage.</summary>
    public readonly Span<int> ReadCounts(Span<int> counts)
    {
        var values = counts[..Count];
        Check();
        BitPacking.Unpack(_block[(2 + BitPacking.SizeOf(Count, DocumentWidth))..], CountWidth, values);
        for (var index = 0; index < values.Length; index++)
        {
            values[index]++;
        }

        return values;
    }

    /// <summary>The passages of the block's documents, one document after the other.</summary>
    public readonly ReadOnlySpan<byte> Passages()
    {
        Check();
        return _block[PackedSize()..BlockSize()];
    }

    private readonly int PackedSize() =>
        2 + BitPacking.SizeOf(Count, DocumentWidth) + BitPacking.SizeOf(Count, CountWidth);

    private readonly int BlockSize() => _block.Length - (_bytes.Length - _blocksAt - _start);

    private readonly void Check()
    {
        if (DocumentWidth > BitPacking.WidthMax || CountWidth > BitPacking.WidthMax || PackedSize() > BlockSize())
        {
            throw SegmentReader.Corrupt();
        }
    }
}
