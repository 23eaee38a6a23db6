using System.Text.Json.Serialization;

namespace Terroir.Provenance.Json;

/// <summary>How envelopes and bundles are written: camel case, nothing null. Generated: no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(DsseEnvelope))]
[JsonSerializable(typeof(SigstoreBundle))]
[JsonSerializable(typeof(StatementHead))]
internal sealed partial class ProofJson : JsonSerializerContext;
