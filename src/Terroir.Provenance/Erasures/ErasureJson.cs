using System.Text.Json.Serialization;

namespace Terroir.Provenance.Erasures;

/// <summary>How certificates are written: camel case, nothing null, hashes as digits. Generated: no reflection.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    Converters = [typeof(ContentHashConverter)])]
[JsonSerializable(typeof(ErasureCertificate))]
internal sealed partial class ErasureJson : JsonSerializerContext;
