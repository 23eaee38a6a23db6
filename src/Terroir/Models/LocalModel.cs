using Microsoft.Extensions.AI;

namespace Terroir.Models;

/// <summary>A model that runs in this process.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Client">Asks it; its failures are <see cref="TerroirException"/>. It belongs to the site.</param>
/// <param name="Card">The SHA-256 of its card.</param>
/// <param name="Weights">The SHA-256 of its weights.</param>
/// <param name="Tokenizer">The SHA-256 of its vocabulary.</param>
/// <param name="OptionsFor">How it is asked so that it can cite only the first so many passages.</param>
public sealed record LocalModel(
    string Id,
    IChatClient Client,
    ContentHash Card,
    ContentHash? Weights,
    ContentHash? Tokenizer,
    Func<int, ChatOptions> OptionsFor);
