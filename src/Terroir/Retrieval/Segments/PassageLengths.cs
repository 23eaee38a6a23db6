using System.Buffers.Binary;
using System.Collections;

namespace Terroir.Retrieval.Segments;

/// <summary>The length of each passage in terms, without title and headings; read where it stands.</summary>
internal sealed class PassageLengths(SegmentBytes bytes) : IReadOnlyList<int>
{
    private readonly SegmentHeader _header = bytes.Header;

    public int Count => _header.PassageCount;

    public int this[int passage]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(passage);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(passage, _header.PassageCount);
            var size = _header.LengthSize;
            var number = bytes.Read(_header.PassagesAt + ((long)passage * size), size);
            return size == SegmentHeader.ShortLengthSize
                ? BinaryPrimitives.ReadUInt16LittleEndian(number)
                : BinaryPrimitives.ReadInt32LittleEndian(number);
        }
    }

    /// <summary>The lengths of some passages that follow one another.</summary>
    public int[] Of(int first, int count)
    {
        var lengths = new int[count];
        for (var index = 0; index < count; index++)
        {
            lengths[index] = this[first + index];
        }

        return lengths;
    }

    public IEnumerator<int> GetEnumerator()
    {
        for (var passage = 0; passage < Count; passage++)
        {
            yield return this[passage];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
