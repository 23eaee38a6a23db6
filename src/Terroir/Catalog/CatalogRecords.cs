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

    /// <summary>One line for each document: the segment's hash, a space, the version as JSON.</summary>
    public static byte[] WriteRows(IEnumerable<DocumentRow> rows)
    {
        using var lines = new MemoryStream();
        foreach (var row in rows)
        {
            lines.Write(System.Text.Encoding.ASCII.GetBytes(row.Segment.Hex + " "));
            lines.Write(row.Document.ToJson());
            lines.WriteByte(LineFeed);
        }

        return lines.ToArray();
    }

    /// <summary>The same lines from records as they are stored.</summary>
    public static byte[] WriteRows(IReadOnlyList<StoredRecord> rows)
    {
        var lines = new byte[rows.Sum(SizeOf)];
        var at = 0;
        foreach (var row in rows)
        {
            at += System.Text.Encoding.ASCII.GetBytes(row.Segment.Hex + " ", lines.AsSpan(at));
            row.Record.Span.CopyTo(lines.AsSpan(at));
            at += row.Record.Length;
            lines[at++] = LineFeed;
        }

        return lines;
    }

    /// <summary>How many bytes a record takes among the lines.</summary>
    public static int SizeOf(StoredRecord row) => ContentHash.HexLength + 2 + row.Record.Length;

    /// <summary>How many bytes some records take among the lines.</summary>
    public static long SizeOf(int count, long sizeBytes) => (count * (ContentHash.HexLength + 2L)) + sizeBytes;

    public static IEnumerable<DocumentRow> ReadRows(ReadOnlyMemory<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf(LineFeed);
            var line = lines[..end];
            lines = lines[(end + 1)..];
            var segment = System.Text.Encoding.ASCII.GetString(line.Span[..ContentHash.HexLength]);
            yield return new DocumentRow(
                DocumentVersion.FromJson(line.Span[(ContentHash.HexLength + 1)..]),
                ContentHash.Parse(segment));
        }
    }
}
