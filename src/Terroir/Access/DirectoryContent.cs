using Terroir.Storage;

namespace Terroir.Access;

/// <summary>What <c>directory.yaml</c> says, checked.</summary>
internal sealed record DirectoryContent(
    IReadOnlyList<DirectoryGroup> Groups,
    IReadOnlyList<DirectoryUser> Users,
    IReadOnlyList<DirectoryKey> Keys,
    IReadOnlyDictionary<string, string> Sids)
{
    private const string Version = "1";
    private const int KeyHashLength = 64;

    public static DirectoryContent Empty { get; } =
        new([], [], [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The ids of users who may not enter.</summary>
    public IReadOnlySet<string> Inactive { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Groups that users belong to because of an emergency, by user.</summary>
    public ILookup<string, EmergencyRule> Emergencies { get; init; } =
        Array.Empty<EmergencyRule>().ToLookup(_ => "", StringComparer.Ordinal);

    /// <summary>When the next membership, key or emergency ends; <see langword="null"/> if none does.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="YamlFaultException">The text is not a directory.</exception>
    public static DirectoryContent Parse(string yaml)
    {
        var (groups, users, keys) = (new List<DirectoryGroup>(), new List<DirectoryUser>(), new List<DirectoryKey>());
        var sids = new DirectorySids();
        var root = YamlTree.Parse(yaml);
        foreach (var (key, value) in root?.AsEntries("the directory", "version", "groups", "users", "keys") ?? [])
        {
            switch (key.Value)
            {
                case "groups":
                    groups.AddRange(value.AsList(key.Value).Select(node => ReadGroup(node, sids)));
                    break;
                case "users":
                    users.AddRange(value.AsList(key.Value).Select(node => ReadUser(node, sids)));
                    break;
                case "keys":
                    keys.AddRange(value.AsList(key.Value).Select(ReadKey));
                    break;
                default:
                    ThrowUnlessVersion(value);
                    break;
            }
        }

        ThrowIfTwice(root, groups.Select(group => group.Id), "group");
        ThrowIfTwice(root, users.Select(user => user.Id), "user");
        return new DirectoryContent(groups, users, keys, sids.Found);
    }

    private static void ThrowUnlessVersion(YamlNode node)
    {
        if (!string.Equals(node.AsText("version"), Version, StringComparison.Ordinal))
        {
            throw new YamlFaultException(node.Line, $"This program reads version {Version} of the file.");
        }
    }

    private static void ThrowIfTwice(YamlNode? root, IEnumerable<string> ids, string what)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var id in ids)
        {
            number++;
            if (!known.Add(id))
            {
                throw new YamlFaultException(root!.Line, $"The {what} at place {number} has the id of another.");
            }
        }
    }

    private static DirectoryGroup ReadGroup(YamlNode node, DirectorySids sids)
    {
        var (id, name, members, own) = ("", "", new List<GroupMember>(), new List<YamlNode>());
        foreach (var (key, value) in node.AsEntries("a group", "id", "name", "members", "sid"))
        {
            switch (key.Value)
            {
                case "id":
                    id = ReadId(value);
                    break;
                case "members":
                    members.AddRange(value.AsList("members").Select(ReadMember));
                    break;
                case "sid":
                    own.Add(value);
                    break;
                default:
                    name = ReadOptional(value, key.Value);
                    break;
            }
        }

        sids.Add(Principal.Group(Require(id, node)), own);
        return new DirectoryGroup(id, members) { Name = name, IsOfFile = true };
    }

    private static DirectoryUser ReadUser(YamlNode node, DirectorySids sids)
    {
        var (id, name, title, own) = ("", "", "", new List<YamlNode>());
        foreach (var (key, value) in node.AsEntries("a user", "id", "name", "title", "sid"))
        {
            switch (key.Value)
            {
                case "id":
                    id = ReadId(value);
                    break;
                case "name":
                    name = ReadOptional(value, "name");
                    break;
                case "sid":
                    own.Add(value);
                    break;
                default:
                    title = ReadOptional(value, "title");
                    break;
            }
        }

        sids.Add(Principal.User(Require(id, node)), own);
        return new DirectoryUser(id, name, title) { IsOfFile = true };
    }

    private static DirectoryKey ReadKey(YamlNode node)
    {
        var (hash, user, push) = ("", "", new List<string>());
        foreach (var (key, value) in node.AsEntries("a key", "hash", "principal", "push"))
        {
            switch (key.Value)
            {
                case "hash":
                    hash = value.AsText("hash");
                    break;
                case "push":
                    push.AddRange(value.AsList("push").Select(ReadSource));
                    break;
                default:
                    user = ReadId(value);
                    break;
            }
        }

        return hash.Length == KeyHashLength && hash.All(char.IsAsciiHexDigit)
            ? new DirectoryKey(ContentHash.Parse(hash.ToLowerInvariant()), Require(user, node)) { PushSources = push }
            : throw new YamlFaultException(node.Line, "A key has a 'hash' of 64 hexadecimal digits.");
    }

    private static string ReadSource(YamlNode node) => node.AsText("push") is var source && CollectionId.IsValid(source)
        ? source
        : throw new YamlFaultException(node.Line, "'push' lists names of sources, such as [dossiers].");

    private static string ReadOptional(YamlNode node, string name) => node.IsNothing ? "" : node.AsText(name);

    private static string ReadId(YamlNode node) => node.AsText("id") is var id && Principal.IsId(id)
        ? id
        : throw new YamlFaultException(
            node.Line,
            $"An id has 1 to {Principal.IdLengthMax} characters, none of them ':', ',' or '&'.");

    // A member that is misspelt would be left out of a group that somebody denies: that opens, so it is a fault.
    private static string ReadPrincipal(YamlNode node) =>
        node.AsText("members") is var member && Principal.IsMember(member)
            ? member
            : throw new YamlFaultException(node.Line, "A member is written user:ID or group:ID.");

    private static GroupMember ReadMember(YamlNode node)
    {
        if (node is not YamlMap)
        {
            return new GroupMember(ReadPrincipal(node));
        }

        var (member, until) = ("", (DateTimeOffset?)null);
        foreach (var (key, value) in node.AsEntries("a member", "member", "until"))
        {
            if (string.Equals(key.Value, "member", StringComparison.Ordinal))
            {
                member = ReadPrincipal(value);
            }
            else
            {
                until = ReadTime(value);
            }
        }

        return new GroupMember(Require(member, node), until);
    }

    // A time that is misread would keep somebody in, so nothing but the one form is taken.
    private static DateTimeOffset ReadTime(YamlNode node) => Principal.TryReadTime(node.AsText("until"), out var time)
        ? time
        : throw new YamlFaultException(node.Line, "'until' is a time in UTC, such as 2027-01-31T18:00:00Z.");

    private static string Require(string id, YamlNode node) =>
        id.Length > 0 ? id : throw new YamlFaultException(node.Line, "The entry names no id.");
}

/// <summary>A group of the site.</summary>
/// <param name="Id">The id, such as <c>urgences</c>.</param>
/// <param name="Members">Who belongs to it, as principals.</param>
public sealed record DirectoryGroup(string Id, IReadOnlyList<GroupMember> Members)
{
    /// <summary>The name that is shown; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether <c>directory.yaml</c> defines it, so that nothing else changes it.</summary>
    public bool IsOfFile { get; init; }
}
