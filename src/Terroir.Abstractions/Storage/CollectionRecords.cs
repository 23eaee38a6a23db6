using System.Runtime.InteropServices;
using System.Text.Json;

namespace Terroir.Storage;

/// <summary>A consistent reading of a collection at its head like <see cref="CollectionState"/>, with the records as
/// they are stored: whoever needs few of many documents reads only those.</summary>
public sealed record CollectionRecords
{
    /// <summary>The head that was read.</summary>
    public required CollectionHead Head { get; init; }

    /// <summary>The generation that the changes start after; 0 when <see cref="Documents"/> is everything.</summary>
    public required long Since { get; init; }

    /// <summary>All live segments, by hash.</summary>
    public required IReadOnlyList<SegmentRow> Segments { get; init; }

    /// <summary>The live documents, or those that changed since, by id.</summary>
    public required IReadOnlyList<StoredRecord> Documents { get; init; }

    /// <summary>Documents that were removed since; empty when <see cref="Since"/> is 0.</summary>
    public required IReadOnlyList<DocumentId> Removed { get; init; }

    /// <summary>Writes the records of a reading.</summary>
    /// <param name="state">The reading.</param>
    /// <returns>The same with the records as bytes.</returns>
    public static CollectionRecords Of(CollectionState state) => new()
    {
        Head = state.Head,
        Since = state.Since,
        Segments = state.Segments,
        Documents = [.. state.Documents.Select(row => new StoredRecord(row.Document.ToJson(), row.Segment))],
        Removed = state.Removed,
    };
}

/// <summary>The record of a live document as it is stored, and the segment that holds its passages.</summary>
/// <remarks>A value, since a collection has very many; <c>default</c> is no record.</remarks>
/// <param name="Record">What <see cref="DocumentVersion.FromJson"/> reads.</param>
/// <param name="Segment">The segment.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoredRecord(ReadOnlyMemory<byte> Record, ContentHash Segment)
{
    /// <summary>The document, read from the record.</summary>
    /// <exception cref="JsonException">The record names none.</exception>
    public DocumentId Id
    {
        get
        {
            var reader = new Utf8JsonReader(Record.Span);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                {
                    return DocumentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("No id.");
                }

                reader.Skip();
            }

            throw new JsonException("A record names its document.");
        }
    }
}
