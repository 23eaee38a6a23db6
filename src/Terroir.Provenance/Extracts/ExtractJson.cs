using System.Text.Json.Serialization;

namespace Terroir.Provenance.Extracts;

/// <summary>How extracts are written: camel case, nothing null. Generated: no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LedgerExtract))]
internal sealed partial class ExtractJson : JsonSerializerContext;
