using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>Gathers the postings of one term and writes them in blocks.</summary>
internal sealed class TermPostings
{
    private readonly List<int> _documents = [];

    // One less than they are: none is 0.
    private readonly List<int> _counts = [];
    private readonly List<int> _ends = [];
    private readonly ArrayBufferWriter<byte> _passages = new();
    private readonly ArrayBufferWriter<byte> _blocks = new();
    private readonly int[] _values = new int[SegmentFormat.BlockDocumentCount];

    private int _document = -1;
    private (int Ordinal, Posting Posting) _pending;
    private int _lastOrdinal;
    private long _count;
    private int _context;

    public int DocumentCount => _documents.Count + (_document >= 0 ? 1 : 0);

    /// <summary>Adds a passage, by ascending document and ordinal.</summary>
    public void Add(int document, int ordinal, Posting posting)
    {
        if (document == _document)
        {
            WritePending(0);
        }
        else
        {
            EndDocument();
            (_document, _lastOrdinal, _count, _context) = (document, -1, 0, 0);
        }

        // The title stands with every passage; it counts once for the document.
        _count += posting.Count;
        _context = Math.Max(_context, posting.ContextCount);
        _pending = (ordinal, posting);
    }

    /// <summary>Writes the blocks and starts anew.</summary>
    public void WriteTo(ArrayBufferWriter<byte> target)
    {
        EndDocument();
        var blockCount = (_documents.Count + SegmentFormat.BlockDocumentCount - 1) / SegmentFormat.BlockDocumentCount;
        var skips = blockCount > 1 ? new byte[blockCount * SegmentFormat.SkipSizeBytes] : [];
        _blocks.ResetWrittenCount();
        for (var block = 0; block < blockCount; block++)
        {
            WriteBlock(block);
            if (blockCount > 1)
            {
                var skip = skips.AsSpan(block * SegmentFormat.SkipSizeBytes);
                var last = Math.Min(_documents.Count, (block + 1) * SegmentFormat.BlockDocumentCount) - 1;
                BinaryPrimitives.WriteInt32LittleEndian(skip, _documents[last]);
                BinaryPrimitives.WriteInt32LittleEndian(skip[sizeof(int)..], _blocks.WrittenCount);
            }
        }

        target.Write(skips);
        target.Write(_blocks.WrittenSpan);
        _documents.Clear();
        _counts.Clear();
        _ends.Clear();
        _passages.ResetWrittenCount();
    }

    private void WriteBlock(int block)
    {
        var first = block * SegmentFormat.BlockDocumentCount;
        var count = Math.Min(SegmentFormat.BlockDocumentCount, _documents.Count - first);
        var values = _values.AsSpan(0, count);
        for (var index = 0; index < count; index++)
        {
            values[index] = _documents[first + index] - 1 - (first + index > 0 ? _documents[first + index - 1] : -1);
        }

        var counts = CollectionsMarshal.AsSpan(_counts).Slice(first, count);
        var (documentWidth, countWidth) = (BitPacking.WidthOf(values), BitPacking.WidthOf(counts));
        _blocks.Write([(byte)documentWidth, (byte)countWidth]);
        Pack(values, documentWidth);
        Pack(counts, countWidth);
        var start = first == 0 ? 0 : _ends[first - 1];
        _blocks.Write(_passages.WrittenSpan[start.._ends[first + count - 1]]);
    }

    private void Pack(ReadOnlySpan<int> values, int width)
    {
        var size = BitPacking.SizeOf(values.Length, width);
        var target = _blocks.GetSpan(size + SegmentFormat.PaddingSizeBytes)[..(size + SegmentFormat.PaddingSizeBytes)];
        target.Clear();
        BitPacking.Pack(values, width, target);
        _blocks.Advance(size);
    }

    private void EndDocument()
    {
        if (_document < 0)
        {
            return;
        }

        WritePending(SegmentFormat.IsLast);
        var count = _count + _context;
        _documents.Add(_document);
        _counts.Add(count is >= 1 and <= int.MaxValue ? (int)count - 1 : throw SegmentReader.Corrupt());
        _ends.Add(_passages.WrittenCount);
        _document = -1;
    }

    private void WritePending(uint last)
    {
        var (ordinal, posting) = _pending;
        var marks = (posting.Count != 1 ? SegmentFormat.HasCount : 0)
            | (posting.ContextCount != 0 ? SegmentFormat.HasContext : 0)
            | last;
        var distance = (ulong)(ordinal - _lastOrdinal - 1);
        NumberCoding.Write(_passages, (distance << SegmentFormat.MarkBits) | marks);
        if (posting.Count != 1)
        {
            NumberCoding.Write(_passages, (ulong)posting.Count);
        }

        if (posting.ContextCount != 0)
        {
            NumberCoding.Write(_passages, (ulong)posting.ContextCount);
        }

        _lastOrdinal = ordinal;
    }
}
