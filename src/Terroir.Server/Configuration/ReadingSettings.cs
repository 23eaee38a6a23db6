using Terroir.Ingestion;

namespace Terroir.Server.Configuration;

/// <summary>Reads how the files of single collections are read: <c>ingestion: keepBoilerplate:</c> lists those whose
/// web pages keep menus, banners and footers.</summary>
internal static class ReadingSettings
{
    private const string Prefix = $"{IngestionOptions.Section}:{nameof(IngestionOptions.KeepBoilerplate)}:";

    /// <summary>Reads the rules from settings that were checked before.</summary>
    public static ReadingRules Read(IConfiguration configuration) =>
        Parse(SiteConfiguration.InForce(configuration));

    /// <summary>Reads the rules.</summary>
    /// <param name="settings">All settings of the site.</param>
    /// <exception cref="FormatException">Something is no name of a collection; the message says where.</exception>
    public static ReadingRules Parse(IEnumerable<Setting> settings) => new(settings
        .Where(setting => setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        .Select(setting => CollectionId.IsValid(setting.Value)
            ? new CollectionId(setting.Value!)
            : throw new FormatException(
                $"{setting.Origin}: {setting.Key}: '{setting.Value}' is no name of a collection. Write a list such as "
                + "[presse, site-public]."))
        .ToHashSet());
}
