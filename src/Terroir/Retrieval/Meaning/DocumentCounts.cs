using System.Runtime.InteropServices;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Meaning;

/// <summary>Walks over the documents that hold a term, by their number, with how often each holds it: in the text, and
/// once more for the title and headings.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct DocumentCounts
{
    private PostingReader _postings;
    private bool _hasNext;

    public DocumentCounts(SegmentReader reader, int term)
    {
        _postings = reader.Postings(term);
        _hasNext = _postings.MoveNext();
    }

    public int Document { get; private set; }

    public int Count { get; private set; }

    /// <summary>Goes to the next document.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (!_hasNext)
        {
            return false;
        }

        Document = _postings.Document;
        var (count, context) = (0L, 0);
        while (_hasNext && _postings.Document == Document)
        {
            count += _postings.Current.Count;
            context = Math.Max(context, _postings.Current.ContextCount);
            _hasNext = _postings.MoveNext();
        }

        Count = (int)Math.Min(count + context, int.MaxValue);
        return true;
    }
}
