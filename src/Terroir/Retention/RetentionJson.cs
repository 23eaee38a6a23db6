using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Retention;

/// <summary>How the journal and the work of erasures are written: camel case, nothing null. Generated: no reflection.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ContentHashConverter), typeof(DocumentIdConverter), typeof(CollectionIdConverter)])]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(ErasureWork))]
internal sealed partial class RetentionJson : JsonSerializerContext
{
    /// <summary>Writes a value.</summary>
    public static byte[] Write(JournalEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, Default.JournalEntry);

    /// <summary>Writes a value.</summary>
    public static byte[] Write(ErasureWork work) => JsonSerializer.SerializeToUtf8Bytes(work, Default.ErasureWork);
}
