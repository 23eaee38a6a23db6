using System.Globalization;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Energy;
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

    /// <summary>The most tokens, seconds or joules that a budget has.</summary>
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
        !string.Equals(rule.Group, BudgetRule.Everybody, StringComparison.Ordinal) && !Principal.IsId(rule.Group)
            ? "names no 'group': write the id of one, or '*' for everybody"
        : rule is { TokensPerDay: null, SecondsPerDay: null, JoulesPerDay: null }
            ? "bounds nothing: write 'tokensPerDay', 'secondsPerDay' or 'joulesPerDay'"
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
        : rule.JoulesPerDay is { } joules ? FindFault(joules, models)
        : null;

    // People may choose a model of this machine also where a server answers.
    private static string? FindFault(long joules, ModelsOptions models)
    {
        var unknown = !models.LocalPower.IsKnown ? nameof(ModelsOptions.LocalPower)
            : models.HasModel && !models.Power.IsKnown ? nameof(ModelsOptions.Power)
            : null;
        if (unknown is not null)
        {
            return "has 'joulesPerDay', and the power of what answers is not known: nothing can be counted. Write "
                + $"{ModelsOptions.Section}:{unknown}:{nameof(DeclaredPower.MinWatts)} and "
                + $"{nameof(DeclaredPower.MaxWatts)}, as measured at the plug, or leave the joules out";
        }

        var power = Math.Max(models.LocalPower.MaxWatts, models.HasModel ? models.Power.MaxWatts : 0);
        var least = Math.Ceiling(power * models.Timeout.TotalSeconds);
        return joules >= least && joules <= AmountMax ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"has 'joulesPerDay' that are not {least:0}, what one answer may take "
            + $"({ModelsOptions.Section}:{nameof(ModelsOptions.Timeout)} at {power:0.###} W), to {AmountMax}");
    }
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
