using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Terroir.Storage;

namespace Terroir.Models;

/// <summary>A chat client whose calls are paid for from somebody's budget: the most that a call can cost is reserved
/// before it, and what it has cost counts after it.</summary>
/// <remarks>Made for one request. Tokens are those that the model reports. One that reports none, and an answer that is
/// broken off, cost what was reserved; a server that failed before its first word costs no tokens.</remarks>
/// <param name="inner">The model with what bounds it.</param>
/// <param name="budget">The budgets.</param>
/// <param name="holder">Whose call it is, and all that they are.</param>
/// <param name="limits">What bounds the model.</param>
/// <param name="countTokens">How many tokens a prompt is; <see langword="null"/> where no vocabulary is known.</param>
/// <param name="time">The clock.</param>
internal sealed class BudgetedChatClient(
    IChatClient inner,
    IModelBudget budget,
    (string User, IReadOnlySet<string> Principals) holder,
    ModelsOptions limits,
    Func<IReadOnlyList<ChatMessage>, int>? countTokens,
    TimeProvider time) : StreamingChatClient(inner)
{
    /// <summary>What a server puts around a message, in tokens at most.</summary>
    internal const int MessageFrameTokens = 32;

    /// <summary>Puts the budget around a model, where the site has one.</summary>
    public static IChatClient Around(
        IChatClient inner,
        IModelBudget? budget,
        (string User, IReadOnlySet<string> Principals) holder,
        ModelsOptions limits,
        Func<IReadOnlyList<ChatMessage>, int>? countTokens,
        TimeProvider time) =>
        budget is null ? inner : new BudgetedChatClient(inner, budget, holder, limits, countTokens, time);

    /// <inheritdoc/>
    /// <exception cref="BudgetExhaustedException">What is left does not pay for the call; it was not made.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = [.. messages];
        var most = new ModelCost(
            Count(prompt) + Math.Max(limits.OutputTokensMax, options?.MaxOutputTokens ?? 0),
            (long)limits.Timeout.TotalMilliseconds,
            Millijoules(limits.Timeout));
        var reservation = await budget.ReserveAsync(holder.User, holder.Principals, most, cancellationToken);
        var begun = time.GetTimestamp();
        var (tokens, reported, isHeard) = (most.Tokens, (long?)null, false);
        try
        {
            await using var updates = InnerClient
                .GetStreamingResponseAsync(prompt, options, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync())
                    {
                        tokens = reported ?? tokens;
                        break;
                    }
                }
                catch (ModelFailedException exception) when (!isHeard && exception.Failure is not ModelFailure.TimedOut)
                {
                    tokens = 0;
                    throw;
                }

                isHeard = true;
                reported = ReportedIn(updates.Current) ?? reported;
                yield return updates.Current;
            }
        }
        finally
        {
            if (reservation is not null)
            {
                var elapsed = time.GetElapsedTime(begun);
                await budget.SettleAsync(
                    reservation,
                    new ModelCost(tokens, (long)Math.Ceiling(elapsed.TotalMilliseconds), Millijoules(elapsed)));
            }
        }
    }

    // A budget is kept if the most that a call can have taken is within it.
    private long Millijoules(TimeSpan elapsed) => limits.Power.Over(elapsed, writing: TimeSpan.Zero).MillijoulesMax;

    private static long? ReportedIn(ChatResponseUpdate update) =>
        update.Contents.OfType<UsageContent>().LastOrDefault()?.Details is { } usage
            ? usage.TotalTokenCount ?? usage.InputTokenCount + usage.OutputTokenCount
            : null;

    // No vocabulary has a token that is less than a byte.
    private long Count(IReadOnlyList<ChatMessage> prompt) => countTokens is not null
        ? countTokens(prompt)
        : prompt.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Text) + MessageFrameTokens);
}
