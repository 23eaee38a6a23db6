using System.IO.Enumeration;
using Terroir.Access;

namespace Terroir.Ingestion.Permissions;

/// <summary>What a <c>permissions.yaml</c> says; see <c>docs/formats/permissions.md</c>.</summary>
/// <param name="Folder">What it says of the folder and those below.</param>
/// <param name="Files">What it says of single files of the folder, by pattern, in the order of the file.</param>
/// <param name="Mentions">The principals that it names.</param>
internal sealed record PermissionFile(
    PermissionEntry Folder,
    IReadOnlyList<(string Pattern, PermissionEntry Entry)> Files,
    IReadOnlyList<(int Line, string Principal)> Mentions)
{
    private const string Version = "1";
    private const int LabelLengthMax = 64;

    /// <summary>Says nothing.</summary>
    public static PermissionFile Empty { get; } = new(PermissionEntry.Empty, [], []);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="YamlFaultException">It cannot be understood.</exception>
    public static PermissionFile Parse(string yaml)
    {
        if (YamlTree.Parse(yaml) is not { } root)
        {
            return Empty;
        }

        var mentions = new List<(int, string)>();
        var files = new List<(string, PermissionEntry)>();
        var folder = PermissionEntry.Empty;
        foreach (var (key, value) in root.AsEntries(
            "permissions.yaml", "version", "inherit", "allow", "deny", "label", "files"))
        {
            switch (key.Value)
            {
                case "version" when !string.Equals(value.AsText(key.Value), Version, StringComparison.Ordinal):
                    throw new YamlFaultException(value.Line, $"This program reads version {Version} of the file.");
                case "version":
                    break;
                case "files":
                    files.AddRange(value.AsEntries("'files'").Select(entry => ReadPattern(entry, mentions)));
                    break;
                default:
                    folder = Add(folder, key.Value, value, mentions);
                    break;
            }
        }

        return new PermissionFile(folder, files, mentions);
    }

    /// <summary>The entries whose pattern fits a name, in order. The name is in form NFC.</summary>
    public IEnumerable<PermissionEntry> For(string name) => Files
        .Where(file => FileSystemName.MatchesSimpleExpression(file.Pattern, name, ignoreCase: false))
        .Select(file => file.Entry);

    private static (string Pattern, PermissionEntry Entry) ReadPattern(YamlEntry file, List<(int, string)> mentions)
    {
        if (file.Key.Value.Length == 0 || file.Key.Value.Contains('/', StringComparison.Ordinal))
        {
            throw new YamlFaultException(file.Key.Line, "A pattern fits names of this folder, so it holds no '/'.");
        }

        var entry = PermissionEntry.Empty;
        foreach (var (key, value) in file.Value.AsEntries("a pattern", "inherit", "allow", "deny", "label"))
        {
            entry = Add(entry, key.Value, value, mentions);
        }

        return (NormalForm.Of(file.Key.Value), entry);
    }

    private static PermissionEntry Add(
        PermissionEntry entry,
        string key,
        YamlNode value,
        List<(int, string)> mentions) => key switch
        {
            "inherit" => entry with { IsInherited = value.AsTruth(key) },
            "allow" => entry with { Allow = ReadPrincipals(key, value, mentions) },
            "deny" => entry with { Deny = ReadPrincipals(key, value, mentions) },
            _ => entry with { Label = ReadLabel(value) },
        };

    private static List<string> ReadPrincipals(string key, YamlNode value, List<(int, string)> mentions)
    {
        // Nothing after 'allow:' opens nothing. Nothing after 'deny:' may be a name that got lost.
        if (value.IsNothing && key is "deny")
        {
            throw new YamlFaultException(value.Line, "'deny' names nobody; write 'deny: []' if that is meant.");
        }

        var principals = new List<string>();
        foreach (var node in value.AsList(key))
        {
            var (principal, end) = node is YamlMap ? ReadTimed(key, node) : (ReadPrincipal(key, node), null);
            principals.Add(end is { } time ? Principal.Until(principal, time) : principal);
            mentions.Add((node.Line, principal));
        }

        return principals;
    }

    private static string ReadPrincipal(string key, YamlNode node) =>
        node.AsText(key) is var principal && Principal.IsValid(principal)
            ? principal
            : throw new YamlFaultException(
                node.Line,
                $"A name after '{key}' is no principal; write user:ID, group:ID or everyone.");

    // Both are there: a lost 'until' would keep something open for good.
    private static (string Principal, DateTimeOffset? End) ReadTimed(string key, YamlNode node)
    {
        var (principal, end) = ("", (DateTimeOffset?)null);
        foreach (var (name, value) in node.AsEntries("an entry that ends", "principal", "until"))
        {
            if (name.Value is "principal")
            {
                principal = ReadPrincipal(key, value);
            }
            else
            {
                end = Principal.TryReadTime(value.AsText("until"), out var time)
                    ? time
                    : throw new YamlFaultException(
                        value.Line, "'until' is a time in UTC, such as 2027-01-31T18:00:00Z.");
            }
        }

        return principal.Length > 0 && end is not null
            ? (principal, end)
            : throw new YamlFaultException(node.Line, "An entry that ends has a 'principal' and an 'until'.");
    }

    private static string ReadLabel(YamlNode value)
    {
        var label = value.IsNothing ? "" : value.AsText("label");
        return label.Length <= LabelLengthMax && !label.Any(char.IsControl)
            ? label
            : throw new YamlFaultException(value.Line, $"A label has up to {LabelLengthMax} characters on one line.");
    }
}

/// <summary>What is said of a folder, or of the files that fit a pattern.</summary>
/// <param name="IsInherited">Whether it adds to what was said before; else it starts anew. A label always
/// stays.</param>
/// <param name="Allow">Principals that may read.</param>
/// <param name="Deny">Principals that may not.</param>
/// <param name="Label">The classification; empty to leave it.</param>
internal sealed record PermissionEntry(
    bool IsInherited,
    IReadOnlyList<string> Allow,
    IReadOnlyList<string> Deny,
    string Label)
{
    /// <summary>Says nothing.</summary>
    public static PermissionEntry Empty { get; } = new(IsInherited: true, [], [], "");
}
