using System.Globalization;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Models;
using Terroir.Server.Configuration;

namespace Terroir.Server.Budgets;

/// <summary>What people may spend on models in a day. The list <c>Terroir:Budgets</c>; checked when the host starts.
/// </summary>
public sealed class BudgetOptions
{
    /// <summary>The configuration section that has the list.</summary>
    public const string Section = SiteConfiguration.Root;

    /// <summary>How many budgets there may be.</summary>
    public const int BudgetCountMax = 100;

    /// <summary>The most tokens or seconds that a budget has.</summary>
    public const long AmountMax = 1_000_000_000_000;

    private const string Key = $"{Section}:{nameof(Budgets)}";

    /// <summary>The budgets; none by default, so that nothing is counted.</summary>
    public IReadOnlyList<BudgetRule> Budgets { get; set; } = [];

    /// <summary>Looks for budgets that cannot be used.</summary>
    /// <param name="models">What bounds a call: a budget that pays for none is a slip.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal string? FindFault(ModelsOptions models)
    {
        if (Budgets.Count > BudgetCountMax)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Key} has more than {BudgetCountMax}.");
        }

        foreach (var (index, rule) in Budgets.Index())
        {
            if (FindFault(rule, models) is { } fault)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Key}:{index} {fault}.");
            }
        }

        return null;
    }

    private static string? FindFault(BudgetRule rule, ModelsOptions models) =>
        rule.JoulesPerDay is not null
            ? "has 'joulesPerDay', and this site has no meter that gives joules: its receipts say 'not metered'. Leave "
                + "it out, and bound tokens or seconds"
        : !string.Equals(rule.Group, BudgetRule.Everybody, StringComparison.Ordinal) && !Principal.IsId(rule.Group)
            ? "names no 'group': write the id of one, or '*' for everybody"
        : rule.TokensPerDay is null && rule.SecondsPerDay is null
            ? "bounds nothing: write 'tokensPerDay' or 'secondsPerDay'"
        : rule.TokensPerDay <= models.OutputTokensMax || rule.TokensPerDay > AmountMax
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"has 'tokensPerDay' that are not above {models.OutputTokensMax}, what one answer may have "
                + $"({ModelsOptions.Section}:{nameof(ModelsOptions.OutputTokensMax)}), and up to {AmountMax}")
        : rule.SecondsPerDay < models.Timeout.TotalSeconds || rule.SecondsPerDay > AmountMax
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"has 'secondsPerDay' that are not {models.Timeout.TotalSeconds}, what one answer may take "
                + $"({ModelsOptions.Section}:{nameof(ModelsOptions.Timeout)}), to {AmountMax}")
        : null;
}

/// <summary>Checks <see cref="BudgetOptions"/> against what bounds a model.</summary>
internal sealed class BudgetOptionsValidator(IConfiguration configuration) : IValidateOptions<BudgetOptions>
{
    public ValidateOptionsResult Validate(string? name, BudgetOptions options)
    {
        var models = configuration.GetSection(ModelsOptions.Section).Get<ModelsOptions>() ?? new();
        return options.FindFault(models) is { } fault
            ? ValidateOptionsResult.Fail(fault)
            : ValidateOptionsResult.Success;
    }
}
