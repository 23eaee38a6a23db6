using Terroir.Access;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>A segment with the live version of each of its documents, and the bitmaps of those who asked.</summary>
/// <remarks>Safe to share between threads. Permissions belong to the rows and not to the segment: another row makes
/// another instance, so that no bitmap outlives the permissions that it was computed from.</remarks>
internal sealed class SnapshotSegment
{
    /// <summary>How many bitmaps a segment keeps: one for each set of principals that asked lately.</summary>
    internal const int BitmapCountMax = 64;

    private readonly BoundedCache<IReadOnlySet<string>, DocumentSet> _bitmaps =
        new(BitmapCountMax, _ => 1, PrincipalSetComparer.Instance);

    private readonly AccessList[] _lists;
    private readonly int[] _listOfDocument;
    private readonly Lazy<DocumentSet> _common;

    public SnapshotSegment(ContentHash hash, SegmentReader reader, IReadOnlyList<DocumentVersion?> documents)
    {
        Hash = hash;
        Reader = reader;
        Documents = documents;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var lists = new List<AccessList>();
        _listOfDocument = new int[documents.Count];
        for (var index = 0; index < documents.Count; index++)
        {
            _listOfDocument[index] = documents[index] is { } document ? NumberOf(document.Access) : -1;
        }

        _lists = [.. lists];
        _common = new Lazy<DocumentSet>(() => Select(CommonReaders.MayRead));

        int NumberOf(AccessList list)
        {
            var key = list.Key;
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = lists.Count;
                lists.Add(list);
            }

            return number;
        }
    }

    public ContentHash Hash { get; }

    public SegmentReader Reader { get; }

    public IReadOnlyList<DocumentVersion?> Documents { get; }

    /// <summary>The documents that every asker may read: nothing is learned from others.</summary>
    public DocumentSet Common => _common.Value;

    public static SnapshotSegment Make(
        ContentHash hash,
        SegmentReader reader,
        Dictionary<DocumentId, DocumentRow> rows) =>
        new(
            hash,
            reader,
            [
                .. reader.Documents.Select(entry =>
                    rows.TryGetValue(entry.Id, out var row) && row.Segment == hash ? row.Document : null),
            ]);

    /// <summary>The documents that someone may read. Many documents share few access lists: each list is decided
    /// once.</summary>
    public DocumentSet ReadableBy(Asker asker)
    {
        if (_bitmaps.Find(asker.Principals) is { } known)
        {
            return known;
        }

        var readable = Select(asker.MayRead);
        _bitmaps.Keep(asker.Principals, readable);
        return readable;
    }

    private DocumentSet Select(Converter<AccessList, bool> mayRead)
    {
        var isOpen = Array.ConvertAll(_lists, mayRead);
        return DocumentSet.Of(this, document => _listOfDocument[document] is >= 0 and var list && isOpen[list]);
    }
}
