using System.Text.Json.Serialization;

namespace Terroir.Provenance.Events;

/// <summary>How events are written: camel case, nothing null, hashes as digits. Generated: no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    Converters = [typeof(ContentHashConverter)])]
[JsonSerializable(typeof(EventStatement))]
[JsonSerializable(typeof(EventDetail))]
internal sealed partial class EventJson : JsonSerializerContext;
