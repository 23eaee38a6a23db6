using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Models;
using Terroir.Storage;

namespace Terroir.Server.Budgets;

/// <summary>The budgets that the settings give people, and what they used, in the identity store.</summary>
/// <remarks>Days are those of UTC. Safe to call from several threads and processes at once: the store compares and
/// counts in one transaction.</remarks>
internal sealed class ModelBudgets(IIdentityStore store, IOptions<BudgetOptions> options, TimeProvider time)
    : IModelBudget
{
    // Milliseconds of a second, millijoules of a joule.
    private const long Thousandths = 1_000;

    /// <summary>When what is used today counts no more.</summary>
    public DateTimeOffset RenewsAt => EndOf(Today);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Finds what somebody may spend: of each bound the most generous of the budgets that fit, and a budget
    /// without that bound is the most generous.</summary>
    /// <param name="principals">All that they are.</param>
    /// <returns>The bounds; <see langword="null"/> if no budget fits, or those that fit bound nothing together.
    /// </returns>
    public BudgetLimits? LimitsOf(IReadOnlySet<string> principals)
    {
        var rules = options.Value.Budgets
            .Where(rule => string.Equals(rule.Group, BudgetRule.Everybody, StringComparison.Ordinal)
                || principals.Contains(Principal.Group(rule.Group)))
            .ToList();
        var limits = new BudgetLimits(
            MostOf(rules, rule => rule.TokensPerDay),
            MostOf(rules, rule => rule.SecondsPerDay),
            MostOf(rules, rule => rule.JoulesPerDay));
        return limits is { Tokens: null, Seconds: null, Joules: null } ? null : limits;
    }

    /// <summary>Reads what models cost a user today, what is reserved counted as used.</summary>
    public ModelCost UsedBy(string user) => store.ReadModelUse(user, Today);

    /// <inheritdoc/>
    public async Task<BudgetReservation?> ReserveAsync(
        string user,
        IReadOnlySet<string> principals,
        ModelCost most,
        CancellationToken cancellationToken)
    {
        if (LimitsOf(principals) is not { } limits)
        {
            return null;
        }

        var day = Today;
        var limit = new ModelCost(
            limits.Tokens?.Amount ?? long.MaxValue,
            limits.Seconds?.Amount * Thousandths ?? long.MaxValue,
            limits.Joules?.Amount * Thousandths ?? long.MaxValue);
        return await store.ReserveModelUseAsync(user, day, most, limit, cancellationToken) is { } used
            ? throw new BudgetExhaustedException(NameOf(limits, limit, used + most), EndOf(day))
            : new BudgetReservation(user, day, most);
    }

    /// <inheritdoc/>
    public Task SettleAsync(BudgetReservation reservation, ModelCost used) => store.SettleModelUseAsync(
        reservation.User,
        reservation.Day,
        reservation.Reserved,
        new ModelCost(
            Math.Clamp(used.Tokens, 0, reservation.Reserved.Tokens),
            Math.Clamp(used.Milliseconds, 0, reservation.Reserved.Milliseconds),
            Math.Clamp(used.Millijoules, 0, reservation.Reserved.Millijoules)),
        CancellationToken.None);

    private static string NameOf(BudgetLimits limits, ModelCost limit, ModelCost asked) =>
        asked.Tokens > limit.Tokens ? $"{limits.Tokens!.Group}: tokensPerDay"
        : asked.Milliseconds > limit.Milliseconds ? $"{limits.Seconds!.Group}: secondsPerDay"
        : $"{limits.Joules!.Group}: joulesPerDay";

    private static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private static BudgetLimit? MostOf(List<BudgetRule> rules, Func<BudgetRule, long?> amountOf) =>
        rules.Count == 0 || rules.Any(rule => amountOf(rule) is null)
            ? null
            : rules.Select(rule => new BudgetLimit(rule.Group, amountOf(rule)!.Value)).MaxBy(limit => limit.Amount);
}
