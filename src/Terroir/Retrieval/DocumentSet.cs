using System.Numerics;

namespace Terroir.Retrieval;

/// <summary>Some documents of a segment, as a bitmap, with their count and length. Immutable.</summary>
internal sealed class DocumentSet
{
    private const int WordBits = 64;

    private readonly ulong[] _words;

    private DocumentSet(ulong[] words, int count, long length)
    {
        _words = words;
        Count = count;
        Length = length;
    }

    /// <summary>How many documents.</summary>
    public int Count { get; }

    /// <summary>Their length in terms.</summary>
    public long Length { get; }

    /// <summary>Collects the documents that a test takes.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="isTaken">Asked for each number of a document.</param>
    public static DocumentSet Of(SnapshotSegment segment, Func<int, bool> isTaken)
    {
        var documents = segment.Reader.Documents;
        var words = new ulong[(documents.Length + WordBits - 1) / WordBits];
        long length = 0;
        for (var document = 0; document < documents.Length; document++)
        {
            if (isTaken(document))
            {
                words[document / WordBits] |= 1UL << (document % WordBits);
                length += documents[document].Length;
            }
        }

        return new DocumentSet(words, words.Sum(BitOperations.PopCount), length);
    }

    public bool Contains(int document) => (_words[document / WordBits] & (1UL << (document % WordBits))) != 0;
}
