using Terroir.Models;
using Terroir.Server.Ldap;
using Terroir.Server.Oidc;

namespace Terroir.Server.Configuration;

/// <summary>The settings of a site: defaults, then terroir.yaml, then TERROIR__*, then flags. The last one wins.
/// </summary>
public static class SiteConfiguration
{
    /// <summary>The section that holds every setting.</summary>
    public const string Root = "Terroir";

    // Settings that refer to a secret.
    private static readonly string[] References =
    [
        $"{ModelsOptions.Section}:{nameof(ModelsOptions.ApiKey)}",
        $"{OidcOptions.Section}:{nameof(OidcOptions.ClientSecret)}",
        $"{LdapOptions.Section}:{nameof(LdapOptions.Password)}",
    ];

    /// <summary>Reads the settings of a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="flags">What the command line sets, by full key such as <c>Terroir:Server:Url</c>.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="FormatException">A file is not YAML, or there is no such setting.</exception>
    public static IConfigurationRoot Load(SiteFolder site, IReadOnlyDictionary<string, string?> flags)
    {
        var configuration = new ConfigurationBuilder()
            .Add(new SettingSource(KnownSettings.Defaults))
            .Add(new SettingSource(() => YamlSettings.Read(site.ConfigurationFile)))
            .Add(new SettingSource(EnvironmentSettings))
            .Add(new SettingSource(() => [.. flags.Select(flag => new Setting(flag.Key, flag.Value, "flag"))]))
            .Build();
        var settings = List(configuration);
        var unknown = settings.Where(setting => !KnownSettings.Contains(setting.Key)).ToArray();
        if (unknown.Length > 0)
        {
            throw new FormatException(
                string.Join(' ', unknown.Select(setting => $"{setting.Origin}: there is no setting '{setting.Key}'."))
                + " 'terroir config show' lists those that there are.");
        }

        _ = QualitySettings.Parse(settings);
        _ = ReadingSettings.Parse(settings);
        return configuration;
    }

    /// <summary>Lists every setting with its origin, by key.</summary>
    /// <param name="configuration">What <see cref="Load"/> returned.</param>
    /// <returns>The settings that are in force.</returns>
    public static IReadOnlyList<Setting> List(IConfigurationRoot configuration) =>
    [
        .. configuration.Providers.OfType<SettingProvider>()
            .SelectMany(provider => provider.Settings)
            .GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => Hide(group.Last() with { Key = group.First().Key }))
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Lists the settings that have a value, for those who read some that were checked before.</summary>
    internal static IEnumerable<Setting> InForce(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(pair => pair.Value is not null)
        .Select(pair => new Setting(pair.Key, pair.Value, pair.Key));

    // Whoever wrote a key where a reference belongs must not see it on a screen that others see too.
    private static Setting Hide(Setting setting) =>
        References.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)
        && setting.Value is { Length: > 0 } value
        && !SecretReference.TryParse(value, out _)
            ? setting with { Value = "(hidden: not a reference)" }
            : setting;

    private static List<Setting> EnvironmentSettings()
    {
        var settings = new List<Setting>();
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (name.StartsWith("TERROIR__", StringComparison.OrdinalIgnoreCase))
            {
                settings.Add(new Setting(
                    name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal),
                    (string?)entry.Value,
                    $"environment {name}"));
            }
        }

        return settings;
    }
}
