using System.Text;
using Terroir.Storage;

namespace Terroir.Retrieval.Derived;

/// <summary>The records of a collection's live documents at one generation, as a snapshot keeps them: columns, and the
/// stored records read where they stand. The layout is in <c>docs/formats/derived.md</c>.</summary>
internal sealed class RecordFile
{
    /// <summary>The layout that is written, and the only one that is read.</summary>
    public const ushort Version = 1;

    private const int HeaderSizeBytes = 72;
    private const int SegmentSizeBytes = 36;
    private const int ListSizeBytes = 8;
    private const int RowSizeBytes = 64;
    private const int NoDay = -1;

    private readonly Dictionary<ContentHash, DocumentRecord?[]> _records = [];

    private RecordFile(long generation, ContentHash manifest) => (Generation, Manifest) = (generation, manifest);

    /// <summary>The generation that the records are of.</summary>
    public long Generation { get; }

    /// <summary>The hash of its manifest.</summary>
    public ContentHash Manifest { get; }

    /// <summary>How many documents it holds.</summary>
    public int DocumentCount { get; private set; }

    private static ReadOnlySpan<byte> Magic => "TEDR"u8;

    /// <summary>The records of a segment's documents, or <see langword="null"/> if the generation had no such segment.
    /// </summary>
    public DocumentRecord?[]? RecordsOf(ContentHash segment) => _records.GetValueOrDefault(segment);

    /// <summary>Writes a snapshot's records.</summary>
    public static void Write(Stream stream, CollectionHead head, IReadOnlyList<SnapshotSegment> segments)
    {
        var texts = new Numbering<string>(StringComparer.Ordinal);
        var lists = new Numbering<AccessList>(ReferenceEqualityComparer.Instance);
        foreach (var record in segments.SelectMany(segment => segment.Records).OfType<DocumentRecord>())
        {
            texts.Add(record.Label);
            texts.Add(record.MediaType);
            lists.Add(record.Access);
        }

        foreach (var entry in lists.Items.SelectMany(list => list.Allow.Concat(list.Deny)))
        {
            texts.Add(entry);
        }

        DerivedFile.Write(stream, Magic, Version, writer =>
        {
            var names = texts.Items.Select(Encoding.UTF8.GetBytes).ToArray();
            writer.Write(head.Generation);
            writer.Write(Convert.FromHexString(head.Manifest.Hex));
            writer.Write(segments.Count);
            writer.Write(segments.Sum(segment => segment.Records.Length));
            writer.Write(names.Length);
            writer.Write(lists.Items.Count);
            writer.Write(lists.Items.Sum(list => list.Allow.Count + list.Deny.Count));
            writer.Write(names.Sum(name => name.Length));
            writer.Write(segments.Sum(segment => segment.Records.Sum(record => (long)(record?.Json.Length ?? 0))));
            foreach (var segment in segments)
            {
                writer.Write(Convert.FromHexString(segment.Hash.Hex));
                writer.Write(segment.Records.Length);
            }

            WriteTexts(writer, names);
            WriteLists(writer, lists.Items, texts);
            WriteRows(writer, segments, texts, lists);
        });
    }

    /// <summary>Reads a file whole; records are read when they are asked for.</summary>
    /// <param name="file">Its bytes; they are not copied.</param>
    /// <returns>The records, or <see langword="null"/> if the bytes are not as they were written.</returns>
    public static RecordFile? Read(ReadOnlyMemory<byte> file)
    {
        if (DerivedFile.Check(file, Magic, Version) is not { } content)
        {
            return null;
        }

        try
        {
            return ReadContent(content);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // A faulty writer made it: it is made anew.
            return null;
        }
    }

    private static RecordFile ReadContent(ReadOnlyMemory<byte> content)
    {
        var cursor = new ByteCursor(content.Span);
        var file = new RecordFile(cursor.Int64(), ContentHash.FromDigest(cursor.Take(32)));
        var (segmentCount, documentCount) = (cursor.Int32(), cursor.Int32());
        var (textCount, listCount, entryCount) = (cursor.Int32(), cursor.Int32(), cursor.Int32());
        var (namesSize, heapSize) = (cursor.Int32(), cursor.Int64());
        var segments = new ByteCursor(cursor.Take(checked(segmentCount * SegmentSizeBytes)));
        var texts = ReadTexts(cursor.Take(checked(textCount * sizeof(int))), cursor.Take(namesSize));
        var lists = ReadLists(
            cursor.Take(checked(listCount * ListSizeBytes)),
            cursor.Take(checked(entryCount * sizeof(int))),
            texts);
        var rows = new ByteCursor(cursor.Take(checked(documentCount * RowSizeBytes)));
        var heap = content[^checked((int)heapSize)..];
        for (var index = 0; index < segmentCount; index++)
        {
            var hash = ContentHash.FromDigest(segments.Take(32));
            var records = new DocumentRecord?[segments.Int32()];
            for (var document = 0; document < records.Length; document++)
            {
                records[document] = ReadRow(ref rows, texts, lists, heap);
            }

            file._records.Add(hash, records);
        }

        file.DocumentCount = documentCount;
        return file;
    }

    private static void WriteTexts(BinaryWriter writer, byte[][] names)
    {
        var end = 0;
        foreach (var name in names)
        {
            writer.Write(end += name.Length);
        }

        foreach (var name in names)
        {
            writer.Write(name);
        }
    }

    private static string[] ReadTexts(ReadOnlySpan<byte> ends, ReadOnlySpan<byte> names)
    {
        var texts = new string[ends.Length / sizeof(int)];
        var cursor = new ByteCursor(ends);
        var start = 0;
        for (var index = 0; index < texts.Length; index++)
        {
            var end = cursor.Int32();
            texts[index] = Encoding.UTF8.GetString(names[start..end]);
            start = end;
        }

        return texts;
    }

    private static void WriteLists(BinaryWriter writer, List<AccessList> lists, Numbering<string> texts)
    {
        var end = 0;
        foreach (var list in lists)
        {
            writer.Write(end += list.Allow.Count);
            writer.Write(end += list.Deny.Count);
        }

        foreach (var entry in lists.SelectMany(list => list.Allow.Concat(list.Deny)))
        {
            writer.Write(texts.NumberOf(entry));
        }
    }

    private static AccessList[] ReadLists(ReadOnlySpan<byte> ends, ReadOnlySpan<byte> entries, string[] texts)
    {
        var lists = new AccessList[ends.Length / ListSizeBytes];
        var bounds = new ByteCursor(ends);
        var cursor = new ByteCursor(entries);
        var start = 0;
        for (var index = 0; index < lists.Length; index++)
        {
            var (allowEnd, denyEnd) = (bounds.Int32(), bounds.Int32());
            lists[index] = new AccessList(
                ReadEntries(ref cursor, allowEnd - start, texts),
                ReadEntries(ref cursor, denyEnd - allowEnd, texts));
            start = denyEnd;
        }

        return lists;
    }

    private static string[] ReadEntries(ref ByteCursor entries, int count, string[] texts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var result = new string[count];
        for (var index = 0; index < count; index++)
        {
            result[index] = texts[entries.Int32()];
        }

        return result;
    }

    private static void WriteRows(
        BinaryWriter writer,
        IReadOnlyList<SnapshotSegment> segments,
        Numbering<string> texts,
        Numbering<AccessList> lists)
    {
        var at = 0L;
        var records = segments.SelectMany(segment => segment.Records);
        foreach (var record in records)
        {
            var columns = record?.Columns ?? default;
            var length = record?.Json.Length ?? 0;
            writer.Write(at);
            writer.Write(length);
            writer.Write(columns.VersionAt);
            writer.Write((ulong)columns.Number);
            writer.Write((ulong)(columns.Number >> 64));
            writer.Write(record is null ? 0 : lists.NumberOf(columns.Access));
            writer.Write(record is null ? 0 : texts.NumberOf(columns.Label));
            writer.Write(record is null ? 0 : texts.NumberOf(columns.MediaType));
            writer.Write(columns.ValidFrom?.DayNumber ?? NoDay);
            writer.Write(columns.ValidUntil?.DayNumber ?? NoDay);
            writer.Write(columns.ModifiedAt.Ticks);
            writer.Write((int)columns.ModifiedAt.Offset.TotalMinutes);
            at += length;
        }

        foreach (var record in records.OfType<DocumentRecord>())
        {
            writer.Write(record.Json.Span);
        }
    }

    private static DocumentRecord? ReadRow(
        ref ByteCursor rows,
        string[] texts,
        AccessList[] lists,
        ReadOnlyMemory<byte> heap)
    {
        var row = new ByteCursor(rows.Take(RowSizeBytes));
        var (at, length, versionAt, number) = (row.Int64(), row.Int32(), row.Int32(), row.UInt128());
        var (list, label, mediaType) = (row.Int32(), row.Int32(), row.Int32());
        var (from, until) = (row.Int32(), row.Int32());
        var (ticks, minutes) = (row.Int64(), row.Int32());
        return length == 0
            ? null
            : new DocumentRecord(
                heap.Slice((int)at, length),
                new RecordColumns(
                    number,
                    versionAt,
                    lists[list],
                    texts[label],
                    texts[mediaType],
                    new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)),
                    from == NoDay ? null : DateOnly.FromDayNumber(from),
                    until == NoDay ? null : DateOnly.FromDayNumber(until)));
    }

    /// <summary>Numbers distinct values from 0 in the order in which they come.</summary>
    private sealed class Numbering<T>(IEqualityComparer<T>? comparer)
        where T : notnull
    {
        private readonly Dictionary<T, int> _numbers = new(comparer);

        public List<T> Items { get; } = [];

        public void Add(T value)
        {
            if (_numbers.TryAdd(value, Items.Count))
            {
                Items.Add(value);
            }
        }

        public int NumberOf(T value) => _numbers[value];
    }
}
