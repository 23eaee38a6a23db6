using System.Text.Json;
using System.Text.Json.Serialization;
using Terroir.Documents;
using Terroir.Storage;

namespace Terroir;

/// <summary>How stored records are written: camel case, nothing null, ids as text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ContentHashConverter), typeof(DocumentIdConverter), typeof(CollectionIdConverter)])]
[JsonSerializable(typeof(DocumentVersion))]
[JsonSerializable(typeof(AccessList))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(DocumentQuality))]
[JsonSerializable(typeof(string[][]))]
internal sealed partial class CatalogJson : JsonSerializerContext;

/// <summary>Writes a hash as its digits.</summary>
public sealed class ContentHashConverter : JsonConverter<ContentHash>
{
    /// <inheritdoc/>
    public override ContentHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ContentHash.TryParse(reader.GetString(), out var hash) ? hash : throw new JsonException("Not a SHA-256 hash.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ContentHash value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Hex);
}

/// <summary>Writes a document's identity as its digits.</summary>
public sealed class DocumentIdConverter : JsonConverter<DocumentId>
{
    /// <inheritdoc/>
    public override DocumentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DocumentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a document id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DocumentId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>Writes a collection's name.</summary>
public sealed class CollectionIdConverter : JsonConverter<CollectionId>
{
    /// <inheritdoc/>
    public override CollectionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CollectionId.IsValid(reader.GetString()) ? new CollectionId(reader.GetString()!)
            : throw new JsonException("Not a collection name.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CollectionId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>Writes a fingerprint as Base64.</summary>
public sealed class TextFingerprintConverter : JsonConverter<TextFingerprint>
{
    /// <inheritdoc/>
    public override TextFingerprint Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options) =>
        TextFingerprint.TryParse(reader.GetString(), out var fingerprint)
            ? fingerprint
            : throw new JsonException("Not a fingerprint.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextFingerprint value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
