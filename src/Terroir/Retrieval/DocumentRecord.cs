using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Terroir.Retrieval.Encoders;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>The row of a live document as a snapshot keeps it: what decides who may find it, and the rest as it is
/// stored, to be read when it is shown.</summary>
/// <remarks>Immutable. A read version takes several times the memory of its bytes, and a site has very many: names are
/// made when they are asked for.</remarks>
internal sealed class DocumentRecord
{
    private readonly ReadOnlyMemory<byte> _json;
    private int _versionAt;
    private StrongBox<UInt128>? _embeddedContent;

    private DocumentRecord(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>Takes what was kept of a record beside its bytes.</summary>
    /// <param name="json">The record; it is not copied.</param>
    /// <param name="columns">What <see cref="Columns"/> told.</param>
    public DocumentRecord(ReadOnlyMemory<byte> json, in RecordColumns columns)
        : this(json)
    {
        _versionAt = columns.VersionAt;
        Number = columns.Number;
        Access = columns.Access;
        Label = columns.Label;
        MediaType = columns.MediaType;
        ModifiedAt = columns.ModifiedAt;
        ValidFrom = columns.ValidFrom;
        ValidUntil = columns.ValidUntil;
    }

    /// <summary>The record as it is stored.</summary>
    public ReadOnlyMemory<byte> Json => _json;

    /// <summary>What was read of it.</summary>
    public RecordColumns Columns =>
        new(Number, _versionAt, Access, Label, MediaType, ModifiedAt, ValidFrom, ValidUntil);

    /// <summary>The document's id as a number.</summary>
    public UInt128 Number { get; private set; }

    public DocumentId Id => IdOf(Number);

    /// <summary>The hash of the content, which decides between equal scores.</summary>
    public ContentHash Version => ContentHash.Parse(Encoding.ASCII.GetString(VersionDigits));

    public AccessList Access { get; private set; } = AccessList.Nobody;

    public string Label { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    public DateTimeOffset ModifiedAt { get; private set; }

    public DateOnly? ValidFrom { get; private set; }

    public DateOnly? ValidUntil { get; private set; }

    /// <summary>The number of a document.</summary>
    public static UInt128 NumberOf(DocumentId id) =>
        UInt128.Parse(id.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The document of a number.</summary>
    public static DocumentId IdOf(UInt128 number) =>
        DocumentId.Parse(number.ToString("x32", CultureInfo.InvariantCulture));

    /// <summary>Looks through a stored record.</summary>
    /// <param name="json">The record; it is not copied.</param>
    /// <param name="texts">Keeps what many records have in common once.</param>
    /// <exception cref="JsonException">It is no record.</exception>
    public static DocumentRecord Parse(ReadOnlyMemory<byte> json, RecordTexts texts)
    {
        var record = new DocumentRecord(json);
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            record.ReadProperty(ref reader, texts);
        }

        return record._versionAt > 0 ? record : throw new JsonException("A record names its version.");
    }

    /// <summary>What vectors of the document are made from. The first question reads the whole record.</summary>
    public UInt128 EmbeddedContent => (_embeddedContent ??= new StrongBox<UInt128>(EmbeddedText.KeyOf(Read()))).Value;

    private ReadOnlySpan<byte> VersionDigits => _json.Span.Slice(_versionAt, ContentHash.HexLength);

    /// <summary>Orders as <see cref="Version"/> does, and equal contents as <see cref="Id"/> does, without making
    /// either.</summary>
    public int CompareContent(DocumentRecord other)
    {
        var byVersion = VersionDigits.SequenceCompareTo(other.VersionDigits);
        return byVersion != 0 ? byVersion : Number.CompareTo(other.Number);
    }

    /// <summary>Reads the whole record.</summary>
    public DocumentVersion Read() => DocumentVersion.FromJson(_json.Span);

    private void ReadProperty(ref Utf8JsonReader reader, RecordTexts texts)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            Number = UInt128.Parse(reader.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        else if (reader.ValueTextEquals("version"u8))
        {
            reader.Read();
            _versionAt = reader.ValueSpan.Length == ContentHash.HexLength
                ? (int)reader.TokenStartIndex + 1
                : throw new JsonException("Not a SHA-256 hash.");
        }
        else if (reader.ValueTextEquals("access"u8))
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Access = texts.ListOf(_json.Span[start..(int)reader.BytesConsumed]);
        }
        else if (reader.ValueTextEquals("label"u8))
        {
            reader.Read();
            Label = texts.Of(reader.GetString()!);
        }
        else if (reader.ValueTextEquals("mediaType"u8))
        {
            reader.Read();
            MediaType = texts.Of(reader.GetString()!);
        }
        else
        {
            ReadTime(ref reader);
        }
    }

    private void ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("modifiedAt"u8))
        {
            reader.Read();
            ModifiedAt = reader.GetDateTimeOffset();
        }
        else if (reader.ValueTextEquals("validFrom"u8))
        {
            reader.Read();
            ValidFrom = DateOnly.FromDateTime(reader.GetDateTime());
        }
        else if (reader.ValueTextEquals("validUntil"u8))
        {
            reader.Read();
            ValidUntil = DateOnly.FromDateTime(reader.GetDateTime());
        }
        else
        {
            reader.Skip();
        }
    }
}

/// <summary>What decides who may find a document.</summary>
/// <param name="Number">The document's id as a number.</param>
/// <param name="VersionAt">Where in the record the digits of its version begin.</param>
/// <param name="Access">Who may read it.</param>
/// <param name="Label">The classification.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
/// <param name="ValidFrom">The first day on which it holds.</param>
/// <param name="ValidUntil">The last day on which it holds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordColumns(
    UInt128 Number,
    int VersionAt,
    AccessList Access,
    string Label,
    string MediaType,
    DateTimeOffset ModifiedAt,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil);

/// <summary>The labels, media types and access lists of a collection, each kept once. Not safe to share between
/// threads.</summary>
internal sealed class RecordTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessList> _lists = new(StringComparer.Ordinal);

    public string Of(string text)
    {
        if (!_texts.TryGetValue(text, out var known))
        {
            _texts[text] = known = text;
        }

        return known;
    }

    public AccessList ListOf(ReadOnlySpan<byte> json)
    {
        var key = Encoding.UTF8.GetString(json);
        if (!_lists.TryGetValue(key, out var list))
        {
            _lists[key] = list = DocumentVersion.AccessFromJson(json);
        }

        return list;
    }
}
