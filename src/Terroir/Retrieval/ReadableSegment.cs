using Terroir.Kinship;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>A segment as one search sees it: the bitmap is resolved before anything is scored.</summary>
internal sealed class ReadableSegment
{
    private readonly SnapshotSegment _segment;

    public ReadableSegment(CollectionId collection, SnapshotSegment segment, SearchRequest request)
    {
        Collection = collection;
        _segment = segment;
        var readable = segment.ReadableBy(request.Asker);
        IsOpen = readable.Count > 0;
        Selected = request.HasFilter
            ? DocumentSet.Of(
                segment.Reader,
                number => readable.Contains(number) && Fits(segment.Records[number]!, request))
            : readable;
    }

    public CollectionId Collection { get; }

    public SegmentReader Reader => _segment.Reader;

    public IReadOnlyList<DocumentVersion?> Documents => _segment.Documents;

    /// <summary>Whether the same asker may read other documents of it later, with nothing else changed.</summary>
    public bool HasEnds => _segment.HasEnds;

    /// <summary>Whether the asker may read any document of it, whatever the filters say.</summary>
    public bool IsOpen { get; }

    /// <summary>The documents that every asker may read, whatever the filters say.</summary>
    public DocumentSet Common => _segment.Common;

    /// <summary>The documents that the asker may read and that the filters take.</summary>
    public DocumentSet Selected { get; }

    /// <summary>The row of a document that the asker may read.</summary>
    public DocumentRecord RecordOf(int document) =>
        _segment.Records[document] ?? throw new InvalidOperationException("A document that is selected is live.");

    /// <summary>Counts the commonly readable documents that hold a term.</summary>
    /// <param name="term">The term's number in the segment.</param>
    /// <param name="countMax">It is not counted further.</param>
    public int CountCommon(int term, int countMax = int.MaxValue)
    {
        var (count, last) = (0, -1);
        var postings = Reader.Postings(term);
        while (count < countMax && postings.MoveNext())
        {
            count += postings.Document != last && Common.Contains(postings.Document) ? 1 : 0;
            last = postings.Document;
        }

        return count;
    }

    private static bool Fits(DocumentRecord document, SearchRequest request) =>
        (request.Labels.Count == 0 || request.Labels.Contains(document.Label, StringComparer.Ordinal))
        && (request.MediaTypes.Count == 0 || request.MediaTypes.Contains(document.MediaType, StringComparer.Ordinal))
        && (request.ModifiedFrom is not { } from || document.ModifiedAt >= from)
        && (request.ModifiedBefore is not { } before || document.ModifiedAt < before)
        && !DocumentDays.IsOut(document.ValidFrom, document.ValidUntil, request.ValidOn)
        && request.Rows?.Fits(document) is not false;
}
