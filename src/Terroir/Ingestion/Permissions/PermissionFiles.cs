using System.IO.Enumeration;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions from <c>permissions.yaml</c> beside and above the files; see
/// <c>docs/formats/permissions.md</c>.</summary>
/// <remarks>Files are read once: make a new one for each scan.</remarks>
internal sealed class PermissionFiles(string root) : IPermissionReader
{
    public const string FileName = "permissions.yaml";

    private readonly Dictionary<string, PermissionFile?> _files = new(StringComparer.Ordinal);

    public Permission Read(string path)
    {
        var parts = path.Split("!/")[0].Split('/');
        var state = new State([], [], "");
        for (var depth = 0; depth < parts.Length; depth++)
        {
            var file = Load(string.Join('/', parts[..depth]));
            if (file is { IsBroken: true })
            {
                return new Permission(AccessList.Nobody, "");
            }

            state = state.With(file);
            if (depth == parts.Length - 1)
            {
                foreach (var (_, entry) in file?.Files.Where(pair => IsMatch(pair.Key, parts[^1])) ?? [])
                {
                    state = state.With(entry);
                }
            }
        }

        return new Permission(new AccessList(state.Allow, state.Deny), state.Label);
    }

    private static bool IsMatch(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    private PermissionFile? Load(string folder)
    {
        if (!_files.TryGetValue(folder, out var file))
        {
            var path = Path.Combine(root, folder, FileName);
            _files[folder] = file = File.Exists(path) ? Parse(path) : null;
        }

        return file;
    }

    private static PermissionFile Parse(string path)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
                .Deserialize<PermissionFile?>(File.ReadAllText(path)) ?? new PermissionFile();
        }
        catch (Exception exception) when (exception is YamlDotNet.Core.YamlException or IOException
            or UnauthorizedAccessException)
        {
            // A file that cannot be read must not open what it may have closed.
            return new PermissionFile { IsBroken = true };
        }
    }

    private sealed record State(IReadOnlyList<string> Allow, IReadOnlyList<string> Deny, string Label)
    {
        public State With(PermissionEntry? entry)
        {
            if (entry is null)
            {
                return this;
            }

            var start = entry.Inherit ? this : new State([], [], Label);
            return new State(
                [.. start.Allow, .. entry.Allow],
                [.. start.Deny, .. entry.Deny],
                entry.Label.Length > 0 ? entry.Label : start.Label);
        }
    }

    private class PermissionEntry
    {
        public bool Inherit { get; set; } = true;

        public List<string> Allow { get; set; } = [];

        public List<string> Deny { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class PermissionFile : PermissionEntry
    {
        public Dictionary<string, PermissionEntry> Files { get; set; } = [];

        [YamlIgnore]
        public bool IsBroken { get; set; }
    }
}
