using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Terroir.Models;

/// <summary>A chat client that keeps to the site's settings: the model, how long an answer may take, and how long it
/// may become even if the server ignores that.</summary>
/// <remarks>Safe to call from several threads at once. The model is always asked to stream, so that hanging up stops
/// a server that writes on.</remarks>
internal sealed class BoundedChatClient(IChatClient inner, ModelsOptions limits, TimeProvider timeProvider)
    : StreamingChatClient(inner)
{
    /// <summary>The characters that are taken of an answer for each token that it may have: words are shorter.
    /// </summary>
    internal const int TokenLengthMax = 16;

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The server failed, or the time is over.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var deadline = new CancellationTokenSource(limits.Timeout, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await using var updates = InnerClient
            .GetStreamingResponseAsync(messages, Limit(options), stop.Token)
            .GetAsyncEnumerator(stop.Token);
        var rest = limits.OutputTokensMax * TokenLengthMax;
        while (await MoveNextAsync(updates, deadline.Token, cancellationToken))
        {
            var update = updates.Current;
            rest -= update.Text.Length;
            if (rest < 0)
            {
                yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Length };
                yield break;
            }

            yield return update;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested
            && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailedException(ModelFailure.TimedOut, status: 0);
        }
    }

    private ChatOptions Limit(ChatOptions? options)
    {
        var limited = options?.Clone() ?? new ChatOptions();
        limited.ModelId = limits.Model;
        limited.MaxOutputTokens = limits.OutputTokensMax;
        limited.Temperature = (float)limits.Temperature;
        return limited;
    }
}
