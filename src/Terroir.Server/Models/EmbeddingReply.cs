using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Server.Models;

/// <summary>What an OpenAI-compatible server sends for <c>POST /embeddings</c>.</summary>
/// <param name="Data">An embedding for each text.</param>
/// <param name="Usage">What it took; some servers do not say.</param>
internal sealed record EmbeddingReply(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingItem>? Data,
    [property: JsonPropertyName("usage")] EmbeddingUsage? Usage);

/// <summary>One embedding.</summary>
/// <param name="Index">The place of its text; some servers do not say.</param>
/// <param name="Embedding">A list of numbers, or base64 of numbers of 4 bytes.</param>
internal sealed record EmbeddingItem(
    [property: JsonPropertyName("index")] int? Index,
    [property: JsonPropertyName("embedding")] JsonElement Embedding);

/// <summary>What the texts took.</summary>
/// <param name="PromptTokens">How many tokens they have.</param>
internal sealed record EmbeddingUsage([property: JsonPropertyName("prompt_tokens")] long? PromptTokens);
