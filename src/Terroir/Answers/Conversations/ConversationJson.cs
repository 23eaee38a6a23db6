using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Answers.Conversations;

/// <summary>Turns as they are stored: <c>docs/formats/conversation.md</c>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(ContentHashConverter), typeof(DocumentIdConverter), typeof(CollectionIdConverter)])]
[JsonSerializable(typeof(ConversationTurn))]
internal sealed partial class ConversationJson : JsonSerializerContext;
