using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Answers.Approvals;

/// <summary>Approvals as they are stored: <c>docs/formats/approval.md</c>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(ContentHashConverter), typeof(DocumentIdConverter), typeof(CollectionIdConverter)])]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(ApprovalDecision))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
