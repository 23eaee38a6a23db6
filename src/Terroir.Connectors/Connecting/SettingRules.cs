using System.Globalization;
using Terroir.Sources;

namespace Terroir.Connectors.Connecting;

/// <summary>Finds faults that settings of every kind can have, and collects those of one kind.</summary>
internal sealed class SettingRules
{
    private const int PortMax = 65_535;

    private readonly SourceSettings _settings;
    private readonly List<SettingFault> _faults = [];

    /// <summary>Finds names that are not known, required settings that are missing, and secrets that stand there
    /// themselves.</summary>
    /// <param name="settings">What was set.</param>
    /// <param name="known">What can be set.</param>
    public SettingRules(SourceSettings settings, IReadOnlyList<ConnectorSetting> known)
    {
        _settings = settings;
        foreach (var name in settings.Values.Keys.Order(StringComparer.Ordinal))
        {
            if (!known.Any(setting => string.Equals(setting.Name, name, StringComparison.Ordinal)))
            {
                Add(name, $"There is no such setting; write {string.Join(", ", known.Select(s => s.Name))}.");
            }
        }

        foreach (var setting in known)
        {
            var value = settings.Find(setting.Name);
            if (string.IsNullOrWhiteSpace(value))
            {
                if (setting.IsRequired || value is not null)
                {
                    Add(setting.Name, $"It is missing. {setting.Meaning} For example: {setting.Example}");
                }
            }
            else if (setting.IsSecret && !SecretReference.TryParse(value, out _))
            {
                Add(setting.Name, $"Write where the secret is kept, such as {setting.Example}, not the secret itself.");
            }
        }
    }

    /// <summary>What was found.</summary>
    public IReadOnlyList<SettingFault> Faults => _faults;

    /// <summary>Adds a fault.</summary>
    public void Add(string name, string problem) => _faults.Add(new SettingFault(name, problem));

    /// <summary>Requires a whole number, if it is set.</summary>
    public void RequireNumber(string name, int min, int max)
    {
        if (_settings.Find(name) is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < min || number > max))
        {
            Add(name, $"Write a whole number from {min} to {max}.");
        }
    }

    /// <summary>Requires a port, if it is set.</summary>
    public void RequirePort(string name) => RequireNumber(name, 1, PortMax);

    /// <summary>Requires an absolute path, if it is set.</summary>
    public void RequirePath(string name)
    {
        if (_settings.Find(name) is { Length: > 0 } path && !Path.IsPathFullyQualified(path))
        {
            Add(name, "Write an absolute path.");
        }
    }

    /// <summary>Requires one of some words, if it is set.</summary>
    public void RequireWord(string name, params string[] words)
    {
        if (_settings.Find(name) is { Length: > 0 } word && !words.Contains(word, StringComparer.Ordinal))
        {
            Add(name, $"Write one of: {string.Join(", ", words)}.");
        }
    }

    /// <summary>Requires settings that only make sense together.</summary>
    public void RequireTogether(string name, string other)
    {
        if (_settings.Find(name) is { Length: > 0 } && _settings.Find(other) is not { Length: > 0 })
        {
            Add(other, $"'{name}' needs it: set both or none.");
        }
    }
}

/// <summary>Reads settings without faults.</summary>
internal static class SettingValues
{
    /// <summary>Reads a value that is there.</summary>
    public static string Get(this SourceSettings settings, string name) => settings.Find(name)!;

    /// <summary>Reads a whole number.</summary>
    public static int GetNumber(this SourceSettings settings, string name, int otherwise) =>
        settings.Find(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Reads a list between commas.</summary>
    public static string[] GetList(this SourceSettings settings, string name, string otherwise) =>
        (settings.Find(name) ?? otherwise).Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
