using System.Globalization;

namespace Terroir;

/// <summary>What is left of somebody's budget of models does not pay for another call. Code <c>TER3108</c>; transient:
/// it renews.</summary>
public sealed class BudgetExhaustedException : TerroirException
{
    /// <summary>Creates the error for one call, which was not made.</summary>
    /// <param name="budget">The budget, such as <c>tokensPerDay of readers</c>.</param>
    /// <param name="renewsAt">When it renews.</param>
    public BudgetExhaustedException(string budget, DateTimeOffset renewsAt)
        : base("TER3108", isTransient: true, Describe(budget, renewsAt), innerException: null)
    {
        Budget = budget;
        RenewsAt = renewsAt;
    }

    /// <summary>The budget, such as <c>tokensPerDay of readers</c>.</summary>
    public string Budget { get; }

    /// <summary>When it renews.</summary>
    public DateTimeOffset RenewsAt { get; }

    private static string Describe(string budget, DateTimeOffset renewsAt) => string.Create(
        CultureInfo.InvariantCulture,
        $"What is left of the budget '{budget}' does not pay for a call of a model. It renews at {renewsAt:u}.");
}
