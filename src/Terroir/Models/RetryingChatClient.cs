using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Terroir.Models;

/// <summary>Asks a model server again that was not there or had too much to do, as long as it has said nothing.
/// </summary>
/// <remarks>Safe to call from several threads at once. How long all attempts take together is for
/// <see cref="BoundedChatClient"/> to bound.</remarks>
internal sealed class RetryingChatClient(IChatClient inner, TimeProvider timeProvider) : StreamingChatClient(inner)
{
    /// <summary>How long is waited before each further attempt.</summary>
    internal static readonly IReadOnlyList<TimeSpan> Delays =
        [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)];

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The server failed each time, or in a way that does not pass.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        for (var attempt = 0; ; attempt++)
        {
            await using var updates = InnerClient
                .GetStreamingResponseAsync(conversation, options, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            if (await BeginAsync(updates, attempt) is { } hasFirst)
            {
                if (hasFirst)
                {
                    do
                    {
                        yield return updates.Current;
                    }
                    while (await updates.MoveNextAsync());
                }

                yield break;
            }

            await Task.Delay(Delays[attempt], timeProvider, cancellationToken);
        }
    }

    // Whether there is a first update; nothing if the server should be asked again.
    private static async ValueTask<bool?> BeginAsync(IAsyncEnumerator<ChatResponseUpdate> updates, int attempt)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ModelFailedException exception) when (attempt < Delays.Count
            && exception.Failure is (ModelFailure.Unreachable or ModelFailure.Busy))
        {
            return null;
        }
    }
}
