using System.Security.Cryptography;
using System.Text;
using Terroir.Storage;

namespace Terroir.Access;

/// <summary>Users, groups and keys from <c>directory.yaml</c>; see <c>docs/formats/directory.md</c>.</summary>
/// <remarks>Immutable, so safe to call from several threads at once.</remarks>
public sealed class SiteDirectory : IDirectory
{

    private readonly Dictionary<string, Asker> _askers;
    private readonly HashSet<string> _principals;
    private readonly ILookup<string, string> _parents;
    private readonly ILookup<string, EmergencyRule> _emergencies;
    private readonly IReadOnlyList<DirectoryKey> _keys;
    private readonly IReadOnlyDictionary<string, string> _sids;

    private SiteDirectory(DirectoryContent content)
    {
        Users = [.. content.Users.OrderBy(user => user.Id, StringComparer.Ordinal)];
        Groups = [.. content.Groups.OrderBy(group => group.Id, StringComparer.Ordinal)];
        _parents = content.Groups
            .SelectMany(group => group.Members.Select(member => (Member: member.Principal, Group: group.Id)))
            .OrderBy(pair => pair.Group, StringComparer.Ordinal)
            .ToLookup(pair => pair.Member, pair => pair.Group, StringComparer.Ordinal);
        _emergencies = content.Emergencies;
        _askers = Users.Where(user => !content.Inactive.Contains(user.Id)).ToDictionary(
            user => user.Id,
            user => new Asker(user.Id, GroupsOf(user.Id, []).Keys),
            StringComparer.Ordinal);
        EndsAt = content.EndsAt;
        _principals = new HashSet<string>(
            [
                AccessList.Everyone,
                .. content.Users.Select(user => Principal.User(user.Id)),
                .. content.Groups.Select(group => Principal.Group(group.Id)),
            ],
            StringComparer.Ordinal);
        _keys = content.Keys;
        _sids = content.Sids;
        Unknown =
        [
            .. content.Groups.SelectMany(group => group.Members.Select(member => member.Principal))
                .Concat(content.Keys.Select(key => Principal.User(key.User)))
                .Where(principal => !_principals.Contains(principal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A directory without users: nobody can ask.</summary>
    public static SiteDirectory Empty { get; } = new(DirectoryContent.Empty);

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryUser> Users { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryGroup> Groups { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>When the next membership, key or emergency ends, so that this directory is no longer true;
    /// <see langword="null"/> if none does.</summary>
    public DateTimeOffset? EndsAt { get; }

    /// <summary>Reads a directory without an identity store; what has a time limit there does not count.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <returns>The directory.</returns>
    /// <exception cref="DirectoryInvalidException">The text is not a directory.</exception>
    public static SiteDirectory Parse(string yaml) => Parse(yaml, IdentityRecords.Empty, DateTimeOffset.MaxValue);

    /// <summary>Reads a directory of a site whose settings know no emergency.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="records">What the identity store keeps beside it.</param>
    /// <param name="now">The moment for which it counts, until <see cref="EndsAt"/>.</param>
    /// <returns>The directory.</returns>
    /// <exception cref="DirectoryInvalidException">The text is not a directory.</exception>
    public static SiteDirectory Parse(string yaml, IdentityRecords records, DateTimeOffset now) =>
        Parse(yaml, records, [], now);

    /// <summary>Reads a directory with accesses in an emergency, to whose groups a directory server adds members.
    /// </summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="records">What the identity store keeps beside it.</param>
    /// <param name="rules">Who may open access in an emergency.</param>
    /// <param name="now">The moment for which it counts, until <see cref="EndsAt"/>.</param>
    /// <param name="members">The ids of users that the server names, by the id of a group; <see langword="null"/> for
    /// none.</param>
    /// <returns>The directory.</returns>
    /// <exception cref="DirectoryInvalidException">The text is not a directory.</exception>
    public static SiteDirectory Parse(
        string yaml,
        IdentityRecords records,
        IReadOnlyList<EmergencyRule> rules,
        DateTimeOffset now,
        IReadOnlyDictionary<string, IReadOnlySet<string>>? members = null)
    {
        try
        {
            var content = DirectoryContent.Parse(yaml).With(records, rules, now);
            return new SiteDirectory(members is null ? content : content.WithMembers(members));
        }
        catch (YamlFaultException exception)
        {
            throw new DirectoryInvalidException($"line {exception.Line}: {exception.Message}");
        }
    }

    /// <summary>The hash under which a key is kept.</summary>
    /// <param name="key">The key as its bearer presents it.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string HashKey(string key) => HashOf(key).Hex;

    /// <summary>The hash under which a key is kept.</summary>
    /// <param name="key">The key as its bearer presents it.</param>
    /// <returns>SHA-256 of its UTF-8.</returns>
    public static ContentHash HashOf(string key) => ContentHash.Of(Encoding.UTF8.GetBytes(key));

    /// <summary>Finds whom an API key is bound to.</summary>
    /// <param name="key">The key as presented.</param>
    /// <returns>The asker, or <see langword="null"/> if no such key is valid.</returns>
    public Asker? FindByKey(string key) => FindKey(HashOf(key)) is { } known ? Find(known.User) : null;

    /// <inheritdoc/>
    public bool Knows(string principal) => _principals.Contains(principal);

    /// <inheritdoc/>
    public string? FindBySid(string sid) => _sids.GetValueOrDefault(sid);

    /// <inheritdoc/>
    public Asker? Find(string user) => _askers.GetValueOrDefault(user);

    /// <inheritdoc/>
    public Asker? Find(string user, IReadOnlyCollection<string> groups) =>
        Find(user) is { } asker && groups.Count > 0 ? new Asker(user, GroupsOf(user, groups).Keys) : Find(user);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindChain(string user, string principal)
    {
        if (Find(user)?.Principals.Contains(principal) is not true)
        {
            return [];
        }

        var chain = new List<string>();
        var members = GroupsOf(user, []).ToDictionary(
            pair => Principal.Group(pair.Key),
            pair => pair.Value,
            StringComparer.Ordinal);
        for (var at = principal; ; at = members[at])
        {
            chain.Insert(0, at);
            if (!members.ContainsKey(at))
            {
                break;
            }
        }

        // Everyone is so by being there.
        return string.Equals(chain[0], Principal.User(user), StringComparison.Ordinal)
            ? chain
            : [Principal.User(user), .. chain];
    }

    /// <inheritdoc/>
    public DirectoryKey? FindKey(ContentHash hash)
    {
        var digest = Convert.FromHexString(hash.Hex);
        return _keys.FirstOrDefault(known =>
            CryptographicOperations.FixedTimeEquals(Convert.FromHexString(known.Hash.Hex), digest));
    }

    // The groups, each with the member through which it was reached.
    private Dictionary<string, string> GroupsOf(string user, IReadOnlyCollection<string> named)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        Reach(groups, user, named);

        // By the groups that they have without an emergency: one does not open another.
        var opened = _emergencies[user]
            .Where(rule => groups.ContainsKey(rule.OpenTo))
            .Select(rule => rule.Group)
            .ToList();
        Reach(groups, user, opened);
        return groups;
    }

    // Breadth first over memberships; a group that is reached twice is taken once, so a cycle ends.
    private void Reach(Dictionary<string, string> groups, string user, IReadOnlyCollection<string> named)
    {
        var open = new Queue<string>([Principal.User(user)]);
        foreach (var group in named.Where(group => groups.TryAdd(group, Principal.User(user))))
        {
            open.Enqueue(Principal.Group(group));
        }

        while (open.TryDequeue(out var member))
        {
            foreach (var group in _parents[member].Where(group => groups.TryAdd(group, member)))
            {
                open.Enqueue(Principal.Group(group));
            }
        }
    }
}
