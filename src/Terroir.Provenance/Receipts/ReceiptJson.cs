using System.Text.Json.Serialization;

namespace Terroir.Provenance.Receipts;

/// <summary>How receipts are written: camel case, nothing null, hashes as digits. Generated: no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    Converters = [typeof(ContentHashConverter)])]
[JsonSerializable(typeof(AnswerReceipt))]
[JsonSerializable(typeof(ReceiptOpenings))]
[JsonSerializable(typeof(LeafMembers))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
