using System.Globalization;
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

    /// <summary>What they take together, packed.</summary>
    internal const long BitmapsSizeMaxBytes = 1 << 20;

    private readonly BoundedCache<IReadOnlySet<string>, PackedDocuments> _bitmaps = new(
        BitmapsSizeMaxBytes,
        packed => Math.Max(packed.Set.SizeBytes, BitmapsSizeMaxBytes / BitmapCountMax),
        PrincipalSetComparer.Instance);

    private readonly AccessList[] _lists;
    private readonly DateTimeOffset[] _ends;
    private readonly int[] _listOfDocument;
    private readonly Lazy<DocumentSet> _common;

    /// <summary>Opens a segment.</summary>
    /// <param name="hash">Its name.</param>
    /// <param name="reader">Its bytes.</param>
    /// <param name="records">The live record of each of its documents; not copied.</param>
    /// <param name="read">Where versions are kept that were read.</param>
    public SnapshotSegment(
        ContentHash hash,
        SegmentReader reader,
        DocumentRecord?[] records,
        BoundedCache<DocumentRecord, DocumentVersion> read)
    {
        Hash = hash;
        Reader = reader;
        Records = records;
        Documents = new DocumentVersions(records, read);

        // Equal lists of one collection are one object; where they are not, one is decided twice.
        var numbers = new Dictionary<AccessList, int>(ReferenceEqualityComparer.Instance);
        _listOfDocument = new int[records.Length];
        for (var index = 0; index < records.Length; index++)
        {
            _listOfDocument[index] = records[index] is { } record ? NumberOf(record.Access) : -1;
        }

        _lists = [.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        _ends =
        [
            .. _lists.SelectMany(list => list.Allow.Concat(list.Deny))
                .Select(Principal.EndOf).OfType<DateTimeOffset>().Distinct().Order(),
        ];
        _common = new Lazy<DocumentSet>(() => Select(CommonReaders.MayRead));

        int NumberOf(AccessList list)
        {
            if (!numbers.TryGetValue(list, out var number))
            {
                numbers[list] = number = numbers.Count;
            }

            return number;
        }
    }

    public ContentHash Hash { get; }

    public SegmentReader Reader { get; }

    /// <summary>The live record of each document; <see langword="null"/> for one that is no longer live here.</summary>
    public DocumentRecord?[] Records { get; }

    /// <summary>The live versions. To read one takes microseconds: decide by <see cref="Records"/> where many are
    /// looked at.</summary>
    public IReadOnlyList<DocumentVersion?> Documents { get; }

    /// <summary>The documents that every asker may read: nothing is learned from others.</summary>
    public DocumentSet Common => _common.Value;

    /// <summary>Whether permissions of documents end by themselves, so that the same principals read other documents
    /// later.</summary>
    public bool HasEnds => _ends.Length > 0;

    /// <summary>The documents that someone may read. Many documents share few access lists: each list is decided
    /// once.</summary>
    public DocumentSet ReadableBy(Asker asker)
    {
        var key = KeyOf(asker);
        if (_bitmaps.Find(key) is { } known)
        {
            return DocumentSet.Of(known);
        }

        var readable = Select(asker.MayRead);
        _bitmaps.Keep(key, readable.Pack());
        return readable;
    }

    /// <summary>Whether the bitmap of such an asker is kept.</summary>
    internal bool Keeps(Asker asker) => _bitmaps.Find(KeyOf(asker)) is not null;

    // Between two ends the same principals read the same. No principal has such a name.
    private IReadOnlySet<string> KeyOf(Asker asker)
    {
        if (!HasEnds)
        {
            return asker.Principals;
        }

        var passed = asker.At is { } now ? _ends.Count(end => end <= now) : -1;
        return new HashSet<string>(asker.Principals, StringComparer.Ordinal)
        {
            string.Create(CultureInfo.InvariantCulture, $"\0ends {passed}"),
        };
    }

    private DocumentSet Select(Converter<AccessList, bool> mayRead)
    {
        var isOpen = Array.ConvertAll(_lists, mayRead);
        return DocumentSet.Of(Reader, document => _listOfDocument[document] is >= 0 and var list && isOpen[list]);
    }
}
