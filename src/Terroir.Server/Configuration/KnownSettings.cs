using System.Collections;
using System.Globalization;
using Terroir.Energy;
using Terroir.Models;
using Terroir.Protection;
using Terroir.Protection.PersonalData;
using Terroir.Readers.Recognition;
using Terroir.Readers.Workers;
using Terroir.Retrieval;
using Terroir.Server.Budgets;
using Terroir.Server.Emergency;
using Terroir.Server.Ldap;
using Terroir.Server.Lineage;
using Terroir.Server.Oidc;
using Terroir.Server.Policies;
using Terroir.Server.Retention;
using Terroir.Server.Witnesses;

namespace Terroir.Server.Configuration;

/// <summary>The settings that there are, read from the options types, so that this list cannot differ from them.
/// </summary>
internal static class KnownSettings
{
    private static readonly (string Section, object Options)[] Options =
    [
        (StorageOptions.Section, new StorageOptions()),
        (ServerOptions.Section, new ServerOptions()),
        (ModelsOptions.Section, new ModelsOptions()),
        (RecognitionOptions.Section, new RecognitionOptions()),
        (ReadingOptions.Section, new ReadingOptions()),
        (IngestionOptions.Section, new IngestionOptions()),
        (RetrievalOptions.Section, new RetrievalOptions()),
        (ProtectionOptions.Section, new ProtectionOptions()),
        (LedgerOptions.Section, new LedgerOptions()),
        (WitnessOptions.Section, new WitnessOptions()),
        (LineageOptions.Section, new LineageOptions()),
        (OidcOptions.Section, new OidcOptions()),
        (EmergencyOptions.Section, new EmergencyOptions()),
        (BudgetOptions.Section, new BudgetOptions()),
        (LdapOptions.Section, new LdapOptions()),
        (PersonalDataOptions.Section, new PersonalDataOptions()),
        (RetentionSettings.Section, new RetentionOptions()),
        (LabelSettings.Section, new LabelOptions()),
    ];

    private static readonly IReadOnlyList<(string Key, object? Value)> All =
        [.. Options.SelectMany(item => Read(item.Section, item.Options))];

    /// <summary>Whether there is a setting, or a list that it belongs to.</summary>
    public static bool Contains(string key) => All.Any(known =>
        string.Equals(known.Key, key, StringComparison.OrdinalIgnoreCase)
        || (known.Value is IEnumerable and (not string)
            && key.StartsWith($"{known.Key}:", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Every setting that is no list, with its default.</summary>
    public static IReadOnlyList<Setting> Defaults() =>
    [
        .. All.Where(known => known.Value is (not IEnumerable) or string)
            .Select(known => new Setting(
                known.Key,
                Convert.ToString(known.Value, CultureInfo.InvariantCulture),
                "default")),
    ];

    // A setting of several values, as a power between bounds, is one setting for each.
    private static IEnumerable<(string Key, object? Value)> Read(string section, object options) =>
        options.GetType().GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => (Key: $"{section}:{property.Name}", Value: property.GetValue(options)))
            .SelectMany(item => item.Value is DeclaredPower ? Read(item.Key, item.Value) : [item]);
}
