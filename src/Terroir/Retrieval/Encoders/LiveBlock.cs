using Terroir.Retrieval.Vectors;

namespace Terroir.Retrieval.Encoders;

/// <summary>A block of vectors with where its documents stand in the segments of a snapshot. Immutable.</summary>
/// <param name="Hash">The segment that holds it.</param>
/// <param name="File">Its documents.</param>
/// <param name="Block">Its vectors.</param>
/// <param name="Places">For each of its documents the place; <see cref="DocumentPlace.None"/> for one that is gone or
/// has changed.</param>
internal sealed record LiveBlock(
    ContentHash Hash,
    PassageVectorFile File,
    VectorBlock Block,
    DocumentPlace[] Places)
{
    private const int WordBits = 64;

    /// <summary>Finds the vectors of selected documents, for any number of searches.</summary>
    /// <param name="selected">For each segment the documents that may be found.</param>
    public AllowedRows Allow(IReadOnlyList<DocumentSet> selected)
    {
        var words = new ulong[(Block.Count + WordBits - 1) / WordBits];
        foreach (var (at, place) in Places.Index())
        {
            if (place.Segment >= 0 && selected[place.Segment].Contains(place.Document))
            {
                Set(words, File.Documents[at].First, File.Documents[at].Count);
            }
        }

        return Block.Allow(words);
    }

    /// <summary>Tells which passage a vector is of.</summary>
    /// <param name="number">The number of the vector, which <see cref="Allow"/> allowed.</param>
    public (DocumentPlace Place, int Ordinal) Find(int number)
    {
        var (low, high) = (0, File.Documents.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = File.Documents[middle].First <= number ? (middle, high) : (low, middle - 1);
        }

        return (Places[low], number - File.Documents[low].First);
    }

    private static void Set(ulong[] words, int first, int count)
    {
        for (var number = first; number < first + count; number++)
        {
            words[number / WordBits] |= 1UL << (number % WordBits);
        }
    }
}
