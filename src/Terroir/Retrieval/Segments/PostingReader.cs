using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>Walks over the passages that hold one term, ascending.</summary>
/// <remarks>Bytes that no writer writes end in <see cref="BlobCorruptException"/>, never in a posting.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct PostingReader
{
    private readonly ReadOnlySpan<byte> _firsts;
    private readonly int _passageCount;
    private PostingBlocks _blocks;
    private PassageReader _passages;
    private Buffer _buffer;
    private int _index;
    private int _count;

    /// <summary>Begins before the first posting.</summary>
    /// <param name="blocks">The term's blocks.</param>
    /// <param name="firsts">The first passage of each document, four bytes each.</param>
    /// <param name="passageCount">How many passages the segment has.</param>
    public PostingReader(PostingBlocks blocks, ReadOnlySpan<byte> firsts, int passageCount)
    {
        _blocks = blocks;
        _firsts = firsts;
        _passageCount = passageCount;
        _passages = new PassageReader([]);
    }

    public Posting Current { get; private set; }

    /// <summary>The document of the posting.</summary>
    public int Document { get; private set; }

    /// <summary>Goes to the next posting.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_passages.IsAtEnd && !MoveToDocument())
        {
            return false;
        }

        _passages.MoveNext();
        var passage = First(Document) + (long)_passages.Ordinal;
        if (passage >= First(Document + 1))
        {
            throw SegmentReader.Corrupt();
        }

        Current = new Posting((int)passage, _passages.Count, _passages.ContextCount);
        return true;
    }

    private bool MoveToDocument()
    {
        if (_index == _count)
        {
            _passages.ThrowIfLeft();
            if (!_blocks.MoveNext())
            {
                return false;
            }

            (_index, _count) = (0, _blocks.Count);
            _blocks.ReadDocuments(_buffer);
            _passages = new PassageReader(_blocks.Passages());
        }

        Document = _buffer[_index++];
        _passages.BeginDocument();
        return true;
    }

    private readonly int First(int document) => document * sizeof(int) < _firsts.Length
        ? BinaryPrimitives.ReadInt32LittleEndian(_firsts[(document * sizeof(int))..])
        : _passageCount;

    [InlineArray(SegmentFormat.BlockDocumentCount)]
    private struct Buffer
    {
        private int _first;
    }
}
