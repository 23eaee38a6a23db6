namespace Terroir.Server.Budgets;

/// <summary>A bound that holds for somebody.</summary>
/// <param name="Group">The group whose budget it is.</param>
/// <param name="Amount">How much, in the unit of its place.</param>
internal sealed record BudgetLimit(string Group, long Amount);

/// <summary>What somebody may spend on models in a day.</summary>
/// <param name="Tokens">Tokens; <see langword="null"/> for no bound.</param>
/// <param name="Seconds">Seconds; <see langword="null"/> for no bound.</param>
/// <param name="Joules">Joules; <see langword="null"/> for no bound.</param>
internal sealed record BudgetLimits(BudgetLimit? Tokens, BudgetLimit? Seconds, BudgetLimit? Joules);
