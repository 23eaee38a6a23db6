using System.Text.Json.Serialization;

namespace Terroir.Server.Endpoints;

/// <summary>A completed chat.</summary>
/// <param name="Id">The id of the completion.</param>
/// <param name="Kind">Always <c>chat.completion</c>, or <c>chat.completion.chunk</c> for a piece.</param>
/// <param name="Created">When it was made, in seconds since 1970.</param>
/// <param name="Model">The model.</param>
/// <param name="Choices">One choice.</param>
/// <param name="Citations">What supports the text: an addition to the OpenAI shape.</param>
public sealed record ChatCompletion(
    string Id,
    [property: JsonPropertyName("object")] string Kind,
    long Created,
    string Model,
    IReadOnlyList<ChatChoice> Choices,
    IReadOnlyList<CitationResponse>? Citations)
{
    /// <summary>Tokens are not counted: the extractive provider uses none.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>Who wrote it: <c>extractive</c> or the model's name. An addition to the OpenAI shape.</summary>
    public string? Provider { get; init; }

    /// <summary>The path to download the receipt from. An addition to the OpenAI shape.</summary>
    public string? Receipt { get; init; }

    /// <summary>What the asker should know; it also follows the text. An addition to the OpenAI shape.</summary>
    public IReadOnlyList<string>? Notices { get; init; }
}

/// <summary>The one choice of a completion.</summary>
/// <param name="Index">Always 0.</param>
/// <param name="Message">The whole message, when not streamed.</param>
/// <param name="Delta">The next piece, when streamed.</param>
/// <param name="FinishReason"><c>stop</c> when it is complete.</param>
public sealed record ChatChoice(int Index, ChatText? Message, ChatText? Delta, string? FinishReason);

/// <summary>A text of the assistant, whole or a piece.</summary>
/// <param name="Role">Always <c>assistant</c>, in the whole and in the first piece.</param>
/// <param name="Content">The text.</param>
public sealed record ChatText(string? Role, string? Content);

/// <summary>How many tokens were used.</summary>
/// <param name="PromptTokens">Of the prompt.</param>
/// <param name="CompletionTokens">Of the text.</param>
/// <param name="TotalTokens">Of both.</param>
public sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
