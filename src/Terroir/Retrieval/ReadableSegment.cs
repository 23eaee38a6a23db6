using System.Collections;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>A segment as one asker sees it: the bitmap is resolved before anything is scored.</summary>
internal sealed class ReadableSegment
{
    private readonly BitArray _readable;

    public ReadableSegment(CollectionId collection, SnapshotSegment segment, SearchRequest request)
    {
        Collection = collection;
        Reader = segment.Reader;
        Documents = segment.Documents;
        _readable = new BitArray(Documents.Count);
        for (var index = 0; index < Documents.Count; index++)
        {
            if (Documents[index] is { } document && request.Asker.MayRead(document.Access) && Fits(document, request))
            {
                _readable[index] = true;
                Count++;
                Length += Reader.Documents[index].Length;
            }
        }
    }

    public CollectionId Collection { get; }

    public SegmentReader Reader { get; }

    public IReadOnlyList<DocumentVersion?> Documents { get; }

    /// <summary>How many documents the asker may read.</summary>
    public int Count { get; }

    /// <summary>Their length in terms.</summary>
    public long Length { get; }

    public bool IsReadable(int document) => _readable[document];

    private static bool Fits(DocumentVersion document, SearchRequest request) =>
        (request.Labels.Count == 0 || request.Labels.Contains(document.Label, StringComparer.Ordinal))
        && (request.MediaTypes.Count == 0 || request.MediaTypes.Contains(document.MediaType, StringComparer.Ordinal))
        && (request.ModifiedFrom is not { } from || document.ModifiedAt >= from)
        && (request.ModifiedBefore is not { } before || document.ModifiedAt < before);
}
