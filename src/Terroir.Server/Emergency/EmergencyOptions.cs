using System.Globalization;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Server.Configuration;

namespace Terroir.Server.Emergency;

/// <summary>Who may open access in an emergency. The list <c>Terroir:Emergency</c>; checked when the host starts.
/// </summary>
public sealed class EmergencyOptions
{
    /// <summary>The configuration section that has the list.</summary>
    public const string Section = SiteConfiguration.Root;

    /// <summary>How many rules there may be.</summary>
    public const int RuleCountMax = 100;

    private const string Key = $"{Section}:{nameof(Emergency)}";

    /// <summary>The rules, one for a group; none by default, so that nobody opens anything.</summary>
    public IReadOnlyList<EmergencyRule> Emergency { get; set; } = [];

    /// <summary>Looks for rules that cannot be used.</summary>
    /// <param name="roles">The groups that give roles: an emergency gives none.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal string? FindFault(ServerOptions roles)
    {
        if (Emergency.Count > RuleCountMax)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Key} has more than {RuleCountMax} rules.");
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, rule) in Emergency.Index())
        {
            var twice = known.Add(rule.Group) ? null : "has the group of another rule";
            if ((FindFault(rule, roles) ?? twice) is { } fault)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Key}:{index} {fault}.");
            }
        }

        return null;
    }

    private static string? FindFault(EmergencyRule rule, ServerOptions roles) =>
        !Principal.IsId(rule.Group) || !Principal.IsId(rule.OpenTo)
            ? "has no ids of a 'group' and of a group that it is open to ('openTo')"
        : string.Equals(rule.Group, rule.OpenTo, StringComparison.Ordinal)
            ? "is open to its own group"
        : rule.Minutes is < 1 or > EmergencyRule.MinutesMax
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"stays open for 'minutes' that are not 1 to {EmergencyRule.MinutesMax}")
        : new[]
        {
            roles.OperatorGroup, roles.StewardGroup, roles.AuditorGroup, roles.AdministratorGroup, roles.ReaderGroup,
        }.Contains(rule.Group, StringComparer.Ordinal)
            ? "names a group that gives a role. Use a group of its own, and give it to documents"
        : null;
}

/// <summary>Checks <see cref="EmergencyOptions"/> against the groups that give roles.</summary>
internal sealed class EmergencyOptionsValidator(IConfiguration configuration) : IValidateOptions<EmergencyOptions>
{
    public ValidateOptionsResult Validate(string? name, EmergencyOptions options)
    {
        var roles = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new();
        return options.FindFault(roles) is { } fault
            ? ValidateOptionsResult.Fail(fault)
            : ValidateOptionsResult.Success;
    }
}
