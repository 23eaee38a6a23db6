using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Terroir.Energy;

namespace Terroir.Models;

/// <summary>A chat client that counts what its calls take, from the declared power of what answers.</summary>
/// <remarks>Made for one request.</remarks>
/// <param name="inner">The model with what bounds it.</param>
/// <param name="power">The power; it may be unknown.</param>
/// <param name="count">The count of the request.</param>
/// <param name="time">The clock.</param>
internal sealed class MeteredChatClient(
    IChatClient inner,
    DeclaredPower power,
    EnergyCount count,
    TimeProvider time) : StreamingChatClient(inner)
{
    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var begun = time.GetTimestamp();
        long? heard = null;
        try
        {
            await foreach (var update in InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                heard ??= time.GetTimestamp();
                yield return update;
            }
        }
        finally
        {
            var ended = time.GetTimestamp();
            count.Add(power.IsKnown
                ? power.Over(
                    time.GetElapsedTime(begun, ended),
                    heard is { } first ? time.GetElapsedTime(first, ended) : TimeSpan.Zero)
                : null);
        }
    }
}
