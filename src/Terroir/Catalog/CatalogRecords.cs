using System.Text.Json;
using System.Text.Json.Serialization;
using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>How passages and the records of a generation are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Passage>))]
internal sealed partial class CatalogRecords : JsonSerializerContext
{
    private const byte LineFeed = (byte)'\n';

    public static byte[] WritePassages(IReadOnlyList<Passage> passages) =>
        JsonSerializer.SerializeToUtf8Bytes(passages, Default.IReadOnlyListPassage);

    public static IReadOnlyList<Passage> ReadPassages(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.IReadOnlyListPassage)!;

    /// <summary>One line for each document: the segment's hash, a space, the version as JSON, sealed where the site
    /// seals.</summary>
    public static byte[] WriteRows(IEnumerable<DocumentRow> rows, CollectionId collection, ContentSeal seal) =>
        WriteRows([.. rows.Select(row => new StoredRecord(row.Document.ToJson(), row.Segment))], collection, seal);

    /// <summary>The same lines from records as they are in the metastore.</summary>
    public static byte[] WriteRows(IReadOnlyList<StoredRecord> rows, CollectionId collection, ContentSeal seal)
    {
        var lines = new byte[rows.Sum(row => SizeOf(row, seal))];
        var at = 0;
        foreach (var row in rows)
        {
            at += System.Text.Encoding.ASCII.GetBytes(row.Segment.Hex + " ", lines.AsSpan(at));
            var record = seal.Record(collection, row.Id, row.Record);
            record.Span.CopyTo(lines.AsSpan(at));
            at += record.Length;
            lines[at++] = LineFeed;
        }

        return lines;
    }

    /// <summary>How many bytes a record takes among the lines.</summary>
    public static long SizeOf(StoredRecord row, ContentSeal seal) =>
        ContentHash.HexLength + 2 + seal.SizeOf(row.Record.Length);

    /// <summary>How many bytes some records take among the lines.</summary>
    public static long SizeOf(int count, long sizeBytes, ContentSeal seal) =>
        (count * (ContentHash.HexLength + 2L)) + seal.SizeOf(count, sizeBytes);

    /// <summary>Reads the lines; what was erased by the destruction of its key is left out.</summary>
    public static IEnumerable<DocumentRow> ReadRows(ReadOnlyMemory<byte> lines, ContentSeal seal)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf(LineFeed);
            var line = lines[..end];
            lines = lines[(end + 1)..];
            var segment = System.Text.Encoding.ASCII.GetString(line.Span[..ContentHash.HexLength]);
            if (seal.OpenRecord(line[(ContentHash.HexLength + 1)..]) is { } record)
            {
                yield return new DocumentRow(DocumentVersion.FromJson(record.Span), ContentHash.Parse(segment));
            }
        }
    }
}
