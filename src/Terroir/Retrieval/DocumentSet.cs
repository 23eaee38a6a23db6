using System.Buffers.Binary;
using System.Numerics;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval;

/// <summary>Some documents of a segment, as a bitmap, with their count and length. Immutable.</summary>
internal sealed class DocumentSet
{
    private const int WordBits = 64;
    private const int WordShift = 6;

    private readonly ulong[] _words;

    private DocumentSet(ulong[] words, int count, bool isAll, long length)
    {
        _words = words;
        Count = count;
        IsAll = isAll;
        Length = length;
    }

    /// <summary>How many documents.</summary>
    public int Count { get; }

    /// <summary>Whether it is every document of the segment.</summary>
    public bool IsAll { get; }

    /// <summary>Their length in terms.</summary>
    public long Length { get; }

    /// <summary>The bitmap: the lowest bit of the first word is document 0.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Collects the documents that a test takes.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="isTaken">Asked for each number of a document.</param>
    public static DocumentSet Of(SegmentReader reader, Func<int, bool> isTaken)
    {
        var lengths = reader.Documents.AllLengths();
        var documentCount = reader.Documents.Count;
        var words = new ulong[(documentCount + WordBits - 1) / WordBits];
        var (count, length) = (0, 0L);
        for (var document = 0; document < documentCount; document++)
        {
            if (isTaken(document))
            {
                words[document >> WordShift] |= 1UL << document;
                length += BinaryPrimitives.ReadInt32LittleEndian(lengths[(document * sizeof(int))..]);
                count++;
            }
        }

        return new DocumentSet(words, count, count == documentCount, length);
    }

    /// <summary>The same in little memory.</summary>
    public PackedDocuments Pack() => new(PackedSet.Of(_words), Count, IsAll, Length);

    /// <summary>Takes what was packed.</summary>
    public static DocumentSet Of(PackedDocuments packed) =>
        new(packed.Set.Unpack(), packed.Count, packed.IsAll, packed.Length);

    public bool Contains(int document) => (_words[document >> WordShift] & (1UL << document)) != 0;

    /// <summary>The first of them from a number on.</summary>
    /// <returns>The document; <see cref="int.MaxValue"/> if there is none.</returns>
    public int Next(int document)
    {
        var word = document >> WordShift;
        if (word >= _words.Length)
        {
            return int.MaxValue;
        }

        var bits = _words[word] & (ulong.MaxValue << document);
        if (bits == 0)
        {
            var further = _words.AsSpan(word + 1).IndexOfAnyExcept(0UL);
            if (further < 0)
            {
                return int.MaxValue;
            }

            word += 1 + further;
            bits = _words[word];
        }

        return (word << WordShift) + BitOperations.TrailingZeroCount(bits);
    }
}

/// <summary>Some documents of a segment, to be kept; <see cref="DocumentSet"/> searches by them.</summary>
/// <param name="Set">Their bitmap.</param>
/// <param name="Count">How many.</param>
/// <param name="IsAll">Whether it is every document of the segment.</param>
/// <param name="Length">Their length in terms.</param>
internal sealed record PackedDocuments(PackedSet Set, int Count, bool IsAll, long Length);
