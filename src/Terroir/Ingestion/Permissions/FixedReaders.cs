using Terroir.Access;
using Terroir.Sources;

namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions that the settings of a source say: for all items, or by the beginning of their paths.</summary>
/// <remarks>The form of a setting is <c>group:soins,group:pharmacie; rh/=group:rh</c>: parts between <c>;</c>, each
/// with the beginning of the paths before <c>=</c>; a part without is for all. The longest beginning that fits decides
/// alone.</remarks>
internal sealed class FixedReaders
{
    /// <summary>The setting that says who may read.</summary>
    public const string Allow = "readers";

    /// <summary>The setting that says who may not.</summary>
    public const string Deny = "deny";

    /// <summary>The setting that says the classification.</summary>
    public const string Label = "label";

    private const int LabelLengthMax = 64;

    private readonly Dictionary<string, string> _allow;
    private readonly Dictionary<string, string> _deny;
    private readonly Dictionary<string, string> _label;

    private FixedReaders(IReadOnlyDictionary<string, string> settings)
    {
        _allow = Parse(settings, Allow);
        _deny = Parse(settings, Deny);
        _label = Parse(settings, Label);
    }

    /// <summary>The settings, for those who write them.</summary>
    public static IReadOnlyList<ConnectorSetting> Settings { get; } =
    [
        new(
            Allow,
            "Who may read, where the source itself does not say it: principals between commas; with the beginning of a "
            + "path before '=', those below it alone.",
            "group:soins; rh/=group:rh,user:ana"),
        new(Deny, "Who may not read, in the same form; deny wins.", "group:stagiaires"),
        new(Label, "The classification, in the same form.", "interne; rh/=confidentiel"),
    ];

    /// <summary>Finds what is wrong with the settings.</summary>
    public static IReadOnlyList<SettingFault> Check(IReadOnlyDictionary<string, string> settings)
    {
        var faults = new List<SettingFault>();
        foreach (var name in new[] { Allow, Deny, Label })
        {
            var parts = Split(settings.GetValueOrDefault(name) ?? "").ToArray();
            if (parts.GroupBy(part => part.Prefix, StringComparer.Ordinal).Any(group => group.Count() > 1))
            {
                faults.Add(new SettingFault(name, "A beginning of a path is there twice; write it once."));
            }

            if (parts.FirstOrDefault(part => !IsValid(name, part.Value)).Value is not null)
            {
                faults.Add(new SettingFault(name, name is Label
                    ? $"A label has up to {LabelLengthMax} characters on one line."
                    : "A name is no principal; write user:ID, group:ID or everyone, with commas between."));
            }
        }

        if (!settings.ContainsKey(Allow))
        {
            faults.Add(new SettingFault(Allow, "Say who may read, such as group:soins; without it nobody does."));
        }

        return faults;
    }

    /// <summary>Reads settings without faults.</summary>
    public static FixedReaders From(IReadOnlyDictionary<string, string> settings) => new(settings);

    /// <summary>Finds who may read an item.</summary>
    public ItemReaders Of(string path) => new(
        new AccessList(Principals(Find(_allow, path)), Principals(Find(_deny, path))),
        Find(_label, path));

    private static bool IsValid(string name, string value) => name is Label
        ? value.Length <= LabelLengthMax && !value.Any(char.IsControl)
        : Principals(value).All(Principal.IsValid);

    private static string[] Principals(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, string> Parse(IReadOnlyDictionary<string, string> settings, string name) =>
        Split(settings.GetValueOrDefault(name) ?? "")
            .ToDictionary(part => part.Prefix, part => part.Value, StringComparer.Ordinal);

    private static IEnumerable<(string Prefix, string Value)> Split(string text)
    {
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('=', StringComparison.Ordinal);
            yield return end < 0 ? ("", part) : (part[..end].Trim(), part[(end + 1)..].Trim());
        }
    }

    private static string Find(Dictionary<string, string> parts, string path)
    {
        var (found, value) = (-1, "");
        foreach (var (prefix, part) in parts)
        {
            if (prefix.Length > found && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                (found, value) = (prefix.Length, part);
            }
        }

        return value;
    }
}
