using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>Walks over the postings of one term, by ascending passage.</summary>
/// <remarks>Bytes that no writer writes end in <see cref="BlobCorruptException"/>, never in a posting.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct PostingReader
{
    private const int NumberBitsMax = 35;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _passageCount;
    private int _at;
    private int _left;
    private long _passage;

    public PostingReader(ReadOnlySpan<byte> bytes, int count, int passageCount)
    {
        _bytes = bytes;
        _passageCount = passageCount;
        _left = count;
        _passage = -1;
    }

    public Posting Current { get; private set; }

    /// <summary>Goes to the next posting.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return _at == _bytes.Length ? false : throw SegmentReader.Corrupt();
        }

        _left--;
        var step = ReadNumber();
        _passage += 1 + (step >> SegmentFormat.MarkBits);
        var count = (step & SegmentFormat.HasCount) != 0 ? ReadNumber() : 1;
        var context = (step & SegmentFormat.HasContext) != 0 ? ReadNumber() : 0;
        if (_passage >= _passageCount || count > int.MaxValue || context > int.MaxValue)
        {
            throw SegmentReader.Corrupt();
        }

        Current = new Posting((int)_passage, (int)count, (int)context);
        return true;
    }

    private uint ReadNumber()
    {
        if (_at < _bytes.Length && _bytes[_at] < 0x80)
        {
            return _bytes[_at++];
        }

        ulong value = 0;
        for (var shift = 0; shift < NumberBitsMax && _at < _bytes.Length; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 0x7Fu) << shift;
            if (part < 0x80)
            {
                return value <= uint.MaxValue ? (uint)value : throw SegmentReader.Corrupt();
            }
        }

        throw SegmentReader.Corrupt();
    }
}
