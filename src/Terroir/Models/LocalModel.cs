using Microsoft.Extensions.AI;

namespace Terroir.Models;

/// <summary>A model that runs in this process.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Client">Asks it; its failures are <see cref="TerroirException"/>. It belongs to the site.</param>
/// <param name="Card">The SHA-256 of its card.</param>
/// <param name="Weights">The SHA-256 of its weights.</param>
/// <param name="Tokenizer">The SHA-256 of its vocabulary.</param>
/// <param name="Context">How many tokens a prompt and its answer have together at most.</param>
/// <param name="CountTokens">How many tokens messages are as a prompt. It fails with
/// <see cref="TokenizerUnusableException"/> for a model that cannot read conversations.</param>
/// <param name="OptionsFor">How it is asked.</param>
public sealed record LocalModel(
    string Id,
    IChatClient Client,
    ContentHash Card,
    ContentHash? Weights,
    ContentHash? Tokenizer,
    int Context,
    Func<IReadOnlyList<ChatMessage>, int> CountTokens,
    Func<LocalRequest, ChatOptions> OptionsFor);
