namespace Terroir.Server.Budgets;

/// <summary>What each member of a group may spend on models in a day: an entry of the setting <c>Terroir:Budgets</c>.
/// </summary>
public sealed class BudgetRule
{
    /// <summary>The group that everybody is in.</summary>
    public const string Everybody = "*";

    /// <summary>The id of the group, or <see cref="Everybody"/>.</summary>
    public string Group { get; set; } = "";

    /// <summary>Tokens of prompts and of what is written; <see langword="null"/>, the default, for no bound.</summary>
    public long? TokensPerDay { get; set; }

    /// <summary>Seconds that models are at work; <see langword="null"/>, the default, for no bound.</summary>
    public long? SecondsPerDay { get; set; }

    /// <summary>Joules that models take at the most; <see langword="null"/>, the default, for no bound. The power of
    /// what answers must be declared.</summary>
    public long? JoulesPerDay { get; set; }
}
