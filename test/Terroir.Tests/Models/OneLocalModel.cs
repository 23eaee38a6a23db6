using Microsoft.Extensions.AI;
using Terroir.Models;

namespace Terroir.Tests.Models;

/// <summary>A machine with one model.</summary>
/// <param name="id">Its id.</param>
/// <param name="client">Asks it.</param>
internal sealed class OneLocalModel(string id, IChatClient client) : ILocalModels
{
    public IReadOnlyList<string> List() => [id];

    public LocalModel Open(string name) => string.Equals(name, id, StringComparison.Ordinal)
        ? new LocalModel(
            id,
            client,
            ContentHash.Of("card"u8),
            ContentHash.Of("weights"u8),
            ContentHash.Of("words"u8),
            Context: 4_096,
            messages => messages.Sum(message => message.Text.Length) / 4,
            request => new ChatOptions { AdditionalProperties = new() { ["citations"] = request.Passages } })
        : throw new ModelUnusableException(name, ModelProblem.Unknown);
}
