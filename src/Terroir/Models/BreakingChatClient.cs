using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Terroir.Models;

/// <summary>Leaves a model server alone for a while that failed several times in a row, so that who asks does not wait
/// for it: the circuit breaker of Nygard, <i>Release It!</i>.</summary>
/// <remarks>Safe to call from several threads at once. When the while is over, one call tries the server, and its
/// outcome decides for all.</remarks>
internal sealed class BreakingChatClient(IChatClient inner, TimeProvider timeProvider) : StreamingChatClient(inner)
{
    /// <summary>After so many failures in a row the server is left alone.</summary>
    internal const int FailureCountMax = 5;

    /// <summary>For so long.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset _restsUntil;
    private ModelFailure _last;

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The server failed, now or in the calls before.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Enter();
        await using var updates = InnerClient
            .GetStreamingResponseAsync(messages, options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates))
        {
            yield return updates.Current;
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            var hasNext = await updates.MoveNextAsync();
            Note(failure: null);
            return hasNext;
        }
        catch (ModelFailedException exception)
        {
            // A server that refuses is there.
            Note(exception.IsTransient ? exception.Failure : null);
            throw;
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            if (_failures < FailureCountMax)
            {
                return;
            }

            var now = timeProvider.GetUtcNow();
            if (now < _restsUntil)
            {
                throw new ModelFailedException(_last, status: 0);
            }

            // The others wait for the outcome of this call, or as long again.
            _restsUntil = now + Rest;
        }
    }

    private void Note(ModelFailure? failure)
    {
        lock (_lock)
        {
            if (failure is not { } cause)
            {
                _failures = 0;
                return;
            }

            _last = cause;
            _failures = Math.Min(_failures + 1, FailureCountMax);
            _restsUntil = timeProvider.GetUtcNow() + Rest;
        }
    }
}
