namespace Terroir.Server.Configuration;

/// <summary>A setting and where it was set.</summary>
/// <param name="Key">The full key, such as <c>Terroir:Server:Url</c>; letter case does not matter.</param>
/// <param name="Value">The value.</param>
/// <param name="Origin">Where it comes from, such as <c>terroir.yaml:5</c>, for people.</param>
public sealed record Setting(string Key, string? Value, string Origin);

/// <summary>A source of settings that keeps their origins.</summary>
/// <param name="read">Reads them.</param>
internal sealed class SettingSource(Func<IReadOnlyList<Setting>> read) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingProvider(read);
}

/// <summary>Settings with their origins.</summary>
/// <param name="read">Reads them.</param>
internal sealed class SettingProvider(Func<IReadOnlyList<Setting>> read) : ConfigurationProvider
{
    public IReadOnlyList<Setting> Settings { get; private set; } = [];

    public override void Load()
    {
        Settings = read();
        Data = Settings
            .GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.OrdinalIgnoreCase);
    }
}
