using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Push;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>What may be said of a source of a kind, and what is wrong with what was said.</summary>
public static class SourceDeclaration
{
    private const string PermissionsName = "permissions";

    /// <summary>Where the permissions of a kind may come from, the default first.</summary>
    /// <param name="connector">The kind.</param>
    /// <returns>Words of <see cref="SourcePermissions"/>.</returns>
    public static IReadOnlyList<string> ModesOf(IConnector connector) =>
        connector.Kind is FolderConnector.KindName or PushConnector.KindName
            ? connector.PermissionModes
            : [.. connector.PermissionModes.Append(SourcePermissions.Fixed).Distinct(StringComparer.Ordinal)];

    /// <summary>What can be set for a kind: its own settings, and those that every kind has. A folder has none: its
    /// path and permissions say all.</summary>
    /// <param name="connector">The kind.</param>
    /// <returns>The settings, in the order in which they are explained.</returns>
    public static IReadOnlyList<ConnectorSetting> SettingsOf(IConnector connector) =>
        connector.Kind is FolderConnector.KindName ? [] :
    [
        .. connector.Settings.Where(setting => setting.Name is not PermissionsName),
        .. ModesOf(connector).Contains(SourcePermissions.Fixed, StringComparer.Ordinal)
            ? FixedReaders.Settings.Where(common => !Declares(connector, common.Name))
            : [],
    ];

    /// <summary>Finds what is wrong with a source, without opening anything.</summary>
    /// <param name="connector">Its kind.</param>
    /// <param name="source">The source.</param>
    /// <returns>The faults; empty if none. No value of a secret is repeated.</returns>
    public static IReadOnlyList<SettingFault> Check(IConnector connector, SourceRecord source)
    {
        var faults = CheckModes(connector, source)
            .Concat(CheckNames(SettingsOf(connector), ValuesOf(source)))
            .ToArray();
        return faults.Length > 0 ? faults : connector.Check(SettingsFor(connector, source));
    }

    /// <summary>The settings that a connector gets: its own, without those that the engine understands by itself.
    /// </summary>
    /// <param name="connector">The kind.</param>
    /// <param name="source">The source.</param>
    /// <returns>The settings.</returns>
    public static SourceSettings SettingsFor(IConnector connector, SourceRecord source)
    {
        var values = ValuesOf(source)
            .Where(pair => Declares(connector, pair.Key)
                || !FixedReaders.Settings.Any(common => IsSame(common.Name, pair.Key)))
            .ToDictionary(StringComparer.Ordinal);
        if (Declares(connector, PermissionsName))
        {
            values[PermissionsName] = source.Permissions;
        }

        if (connector.Kind is FolderConnector.KindName)
        {
            values[FolderConnector.PathName] = source.Location;
        }

        return new SourceSettings(source.Id, values);
    }

    private static IEnumerable<SettingFault> CheckModes(IConnector connector, SourceRecord source)
    {
        var modes = ModesOf(connector);
        if (!modes.Contains(source.Permissions, StringComparer.Ordinal))
        {
            yield return new SettingFault(
                PermissionsName,
                $"Permissions come from one of these: {string.Join(", ", modes)}.");
        }

        if (source.Permissions is SourcePermissions.Fixed && !Declares(connector, FixedReaders.Allow))
        {
            foreach (var fault in FixedReaders.Check(ValuesOf(source)))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<SettingFault> CheckNames(
        IReadOnlyList<ConnectorSetting> settings,
        IReadOnlyDictionary<string, string> values)
    {
        foreach (var name in values.Keys.Where(name => !settings.Any(setting => IsSame(setting.Name, name))))
        {
            yield return new SettingFault(
                name,
                settings.Count == 0
                    ? "There is no such setting: this kind has none."
                    : "There is no such setting. Those that there are: "
                        + $"{string.Join(", ", settings.Select(setting => setting.Name))}.");
        }

        foreach (var setting in settings)
        {
            if (!values.TryGetValue(setting.Name, out var value) || value.Length == 0)
            {
                if (setting.IsRequired)
                {
                    yield return new SettingFault(
                        setting.Name,
                        $"It must be set, such as '{setting.Name}={setting.Example}'.");
                }
            }
            else if (setting.IsSecret && !SecretReference.TryParse(value, out _))
            {
                yield return new SettingFault(
                    setting.Name,
                    "Write where the secret is kept, file:PATH or env:NAME, never the secret itself.");
            }
        }
    }

    private static IReadOnlyDictionary<string, string> ValuesOf(SourceRecord source) =>
        source.Settings ?? new Dictionary<string, string>(StringComparer.Ordinal);

    private static bool Declares(IConnector connector, string name) =>
        connector.Settings.Any(setting => IsSame(setting.Name, name));

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}
