using System.Text.Json.Serialization;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>The serialiser of a graph folder, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GraphManifest))]
[JsonSerializable(typeof(EncoderManifest))]
internal sealed partial class GraphJson : JsonSerializerContext;
