using System.Runtime.InteropServices;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Meaning;

/// <summary>Walks over the documents that hold a term, by their number, with how often each holds it: in the text, and
/// once more for the title and headings.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct DocumentCounts
{
    /// <summary>How many numbers of room it needs.</summary>
    public const int RoomCount = 2 * SegmentFormat.BlockDocumentCount;

    private readonly Span<int> _room;
    private PostingBlocks _blocks;
    private Span<int> _documents;
    private Span<int> _counts;
    private int _next;

    /// <summary>Begins before the first document.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="term">The number of the term.</param>
    /// <param name="room"><see cref="RoomCount"/> numbers.</param>
    public DocumentCounts(SegmentReader reader, int term, Span<int> room)
    {
        _blocks = reader.Blocks(term);
        _room = room;
    }

    public readonly int Document => _documents[_next - 1];

    public readonly int Count => _counts[_next - 1];

    /// <summary>Goes to the next document.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_next == _documents.Length)
        {
            if (!_blocks.MoveNext())
            {
                return false;
            }

            _documents = _blocks.ReadDocuments(_room[..SegmentFormat.BlockDocumentCount]);
            _counts = _blocks.ReadCounts(_room[SegmentFormat.BlockDocumentCount..]);
            _next = 0;
        }

        _next++;
        return true;
    }
}
