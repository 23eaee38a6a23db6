using Terroir.Provenance.Receipts;
using Terroir.Server.Budgets;

namespace Terroir.Server.Endpoints;

/// <summary>What somebody may spend on models today, and what they used.</summary>
/// <param name="Tokens">Tokens of prompts and of what models wrote; none without a bound.</param>
/// <param name="Seconds">Seconds that models were at work; none without a bound.</param>
/// <param name="Joules">Joules that models took at the most; none without a bound.</param>
/// <param name="Energy">How joules are known: <c>modelled</c>, from declared power, or <c>not metered</c>.</param>
/// <param name="RenewsAt">When it counts anew.</param>
public sealed record BudgetResponse(
    BudgetAmount? Tokens,
    BudgetAmount? Seconds,
    BudgetAmount? Joules,
    string Energy,
    DateTimeOffset RenewsAt)
{
    private const double Thousandths = 1_000;

    internal static BudgetResponse Of(ModelBudgets budgets, string user, IReadOnlySet<string> principals)
    {
        var (limits, used) = (budgets.LimitsOf(principals), budgets.UsedBy(user));
        return new BudgetResponse(
            limits?.Tokens is { } tokens ? new BudgetAmount(tokens.Group, used.Tokens, tokens.Amount) : null,
            limits?.Seconds is { } seconds
                ? new BudgetAmount(seconds.Group, used.Milliseconds / Thousandths, seconds.Amount)
                : null,
            limits?.Joules is { } joules
                ? new BudgetAmount(joules.Group, used.Millijoules / Thousandths, joules.Amount)
                : null,
            limits?.Joules is null ? ReceiptRules.NotMetered : ReceiptRules.Modelled,
            budgets.RenewsAt);
    }
}

/// <summary>An amount of a budget.</summary>
/// <param name="Group">The group whose budget it is; <c>*</c> for everybody's.</param>
/// <param name="Used">What is used today; what calls at work can cost is counted.</param>
/// <param name="PerDay">What may be used in a day.</param>
public sealed record BudgetAmount(string Group, double Used, long PerDay);
