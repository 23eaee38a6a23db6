using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Server.Endpoints;

/// <summary>The body of <c>POST /v1/chat/completions</c>; what is not named here is ignored.</summary>
/// <param name="Model">The model: <c>terroir</c>.</param>
/// <param name="Messages">The conversation; the last message of the user is the question.</param>
/// <param name="Stream">Whether the answer comes as events.</param>
/// <param name="ResponseFormat">How the text of the answer is written: as prose unless it says otherwise.</param>
public sealed record ChatBody(
    string? Model,
    IReadOnlyList<ChatMessage>? Messages,
    bool? Stream,
    [property: JsonPropertyName("response_format")] ChatFormat? ResponseFormat = null);

/// <summary>How the text of an answer is written.</summary>
/// <param name="Type"><c>text</c>, or <c>json_object</c> for an <see cref="AnswerObject"/>.</param>
public sealed record ChatFormat(string? Type);

/// <summary>A message of a conversation.</summary>
/// <param name="Role">Who wrote it: <c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">A text, or a list of parts of which those of type <c>text</c> count.</param>
public sealed record ChatMessage(string? Role, JsonElement Content)
{
    /// <summary>The text of the message.</summary>
    /// <returns>The text; empty if there is none.</returns>
    public string ReadText() => Content.ValueKind switch
    {
        JsonValueKind.String => Content.GetString()!,
        JsonValueKind.Array => string.Concat(Content.EnumerateArray().Select(ReadPart)),
        _ => "",
    };

    private static string ReadPart(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty("text", out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}
