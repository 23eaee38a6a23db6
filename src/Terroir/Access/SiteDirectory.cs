using System.Security.Cryptography;
using System.Text;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Terroir.Access;

/// <summary>Users, groups and keys from <c>directory.yaml</c>; see <c>docs/formats/directory.md</c>.</summary>
public sealed class SiteDirectory : IDirectory
{
    private readonly Dictionary<string, Asker> _askers;
    private readonly IReadOnlyList<(byte[] Hash, string User)> _keys;

    private SiteDirectory(DirectoryFile file)
    {
        Users = [.. file.Users.Select(user => new DirectoryUser(user.Id, user.Name, user.Title))
            .OrderBy(user => user.Id, StringComparer.Ordinal)];
        var parents = file.Groups
            .SelectMany(group => group.Members.Select(member => (Member: member, Group: group.Id)))
            .ToLookup(pair => pair.Member, pair => pair.Group, StringComparer.Ordinal);
        _askers = Users.ToDictionary(
            user => user.Id,
            user => new Asker(user.Id, GroupsOf(user.Id, parents)),
            StringComparer.Ordinal);
        _keys = [.. file.Keys.Select(key => (Convert.FromHexString(key.Hash), key.Principal))];
    }

    /// <summary>A directory without users: nobody can ask.</summary>
    public static SiteDirectory Empty { get; } = new(new DirectoryFile());

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryUser> Users { get; }

    /// <summary>Reads a directory.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <returns>The directory.</returns>
    /// <exception cref="DirectoryInvalidException">The text is not a directory.</exception>
    public static SiteDirectory Parse(string yaml)
    {
        try
        {
            var file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
                .Deserialize<DirectoryFile?>(yaml) ?? new DirectoryFile();
            return new SiteDirectory(file);
        }
        catch (Exception exception) when (exception is YamlDotNet.Core.YamlException or ArgumentException
            or FormatException)
        {
            throw new DirectoryInvalidException(exception.Message);
        }
    }

    /// <summary>The hash under which a key is kept.</summary>
    /// <param name="key">The key as its bearer presents it.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string HashKey(string key) => ContentHash.Of(Encoding.UTF8.GetBytes(key)).Hex;

    /// <inheritdoc/>
    public Asker? Find(string user) => _askers.GetValueOrDefault(user);

    /// <inheritdoc/>
    public Asker? FindByKey(string key)
    {
        var hash = Convert.FromHexString(HashKey(key));
        var user = _keys.FirstOrDefault(known => CryptographicOperations.FixedTimeEquals(known.Hash, hash)).User;
        return user is null ? null : Find(user);
    }

    // Breadth first over memberships; a group that is reached twice is taken once, so a cycle ends.
    private static HashSet<string> GroupsOf(string user, ILookup<string, string> parents)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(parents[$"user:{user}"]);
        while (open.TryDequeue(out var group))
        {
            if (groups.Add(group))
            {
                foreach (var parent in parents[$"group:{group}"])
                {
                    open.Enqueue(parent);
                }
            }
        }

        return groups;
    }

    private sealed class DirectoryFile
    {
        public List<GroupEntry> Groups { get; set; } = [];

        public List<UserEntry> Users { get; set; } = [];

        public List<KeyEntry> Keys { get; set; } = [];
    }

    private sealed class GroupEntry
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public List<string> Members { get; set; } = [];
    }

    private sealed class UserEntry
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Title { get; set; } = "";
    }

    private sealed class KeyEntry
    {
        public string Hash { get; set; } = "";

        public string Principal { get; set; } = "";
    }
}
