using System.DirectoryServices.Protocols;
using Terroir.Access;

namespace Terroir.Server.Ldap;

/// <summary>Reads who belongs to the mapped groups. What is not whole is a fault: a group that is read in part may be
/// one that a document denies.</summary>
internal sealed class LdapReader
{
    /// <summary>How many users a server may have.</summary>
    internal const int UserCountMax = 200_000;

    /// <summary>How many groups and members are asked for one by one in one reading.</summary>
    internal const int LookUpCountMax = 20_000;

    private const string ChainRule = "1.2.840.113556.1.4.1941";
    private const string ActiveDirectory = "1.2.840.113556.1.4.800";

    private static readonly string[] MemberAttributes = ["member", "uniqueMember", "memberUid"];

    private readonly LdapSession _session;
    private readonly LdapOptions _options;
    private readonly Dictionary<string, SearchResultEntry?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private LdapReader(LdapSession session, LdapOptions options) => (_session, _options) = (session, options);

    /// <summary>Reads the members of all mapped groups.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="options">The settings.</param>
    /// <returns>The ids of users, by the id of a group here.</returns>
    /// <exception cref="DirectoryServerFailedException">A group is not there, or something is too large to be whole.
    /// </exception>
    /// <exception cref="DirectoryException">The server failed or refused.</exception>
    public static Dictionary<string, IReadOnlySet<string>> Read(LdapSession session, LdapOptions options)
    {
        var reader = new LdapReader(session, options);
        reader.ReadUsers();
        if (options.Nesting is LdapNesting.Chain)
        {
            reader.ThrowUnlessChained();
        }

        return options.Groups
            .GroupBy(group => group.Group, StringComparer.Ordinal)
            .ToDictionary(
                groups => groups.Key,
                IReadOnlySet<string> (groups) => groups
                    .SelectMany(group => reader.ReadGroup(group.Name))
                    .ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    private static DirectoryServerFailedException Fault(string fault) => new(fault);

    private static string[] ValuesOf(SearchResultEntry entry, string attribute) =>
        entry.Attributes[attribute] is { } values ? [.. values.GetValues(typeof(string)).Cast<string>()] : [];

    private void ReadUsers()
    {
        var attribute = _options.UserAttribute;
        foreach (var entry in _session.List(_options.UserBase, $"({attribute}=*)", attribute))
        {
            string[] ids = [.. ValuesOf(entry, attribute).Where(id => Principal.IsId(id))];
            _users[LdapText.Normalize(entry.DistinguishedName)] = ids;
            _ids.UnionWith(ids);
            if (_users.Count > UserCountMax)
            {
                throw Fault($"there are more than {UserCountMax} users under UserBase.");
            }
        }
    }

    // A server that does not know the rule finds nobody, and does not say so.
    private void ThrowUnlessChained()
    {
        if (_session.Find("", "supportedCapabilities") is not { } root
            || !ValuesOf(root, "supportedCapabilities").Contains(ActiveDirectory, StringComparer.Ordinal))
        {
            throw Fault("'nested: chain' is for Active Directory, and the server is none. Write 'follow'.");
        }
    }

    private IEnumerable<string> ReadGroup(string name)
    {
        var group = FindGroup(name);
        return _options.Nesting is LdapNesting.Chain
            ? _session.List(
                    _options.UserBase,
                    $"(&({_options.UserAttribute}=*)"
                    + $"(memberOf:{ChainRule}:={LdapText.Escape(group.DistinguishedName)}))",
                    _options.UserAttribute)
                .SelectMany(entry => ValuesOf(entry, _options.UserAttribute))
            : Follow(group);
    }

    private SearchResultEntry FindGroup(string name)
    {
        if (LdapText.IsName(name))
        {
            return Find(name) ?? throw Fault($"there is no group '{name}', or the site may not see it.");
        }

        var filter = $"(cn={LdapText.Escape(name)})";
        var found = _session.List(_options.GroupBase, filter, MemberAttributes).Take(2).ToList();
        return found.Count == 1
            ? found[0]
            : throw Fault($"there is no group '{name}', or several. Write its distinguished name.");
    }

    private HashSet<string> Follow(SearchResultEntry first)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { LdapText.Normalize(first.DistinguishedName) };
        var groups = new Queue<SearchResultEntry>([first]);
        while (groups.TryDequeue(out var group))
        {
            ids.UnionWith(ValuesOf(group, "memberUid").Where(_ids.Contains));
            foreach (var member in MembersOf(group).Where(member => seen.Add(LdapText.Normalize(member))))
            {
                if (_users.TryGetValue(LdapText.Normalize(member), out var users))
                {
                    ids.UnionWith(users);
                }
                else if (Find(member) is { } entry)
                {
                    var own = LdapText.Normalize(entry.DistinguishedName);
                    ids.UnionWith(_users.GetValueOrDefault(own, []));
                    if (_options.Nesting is LdapNesting.Follow && seen.Add($"read {own}"))
                    {
                        groups.Enqueue(entry);
                    }
                }
            }
        }

        return ids;
    }

    private static IEnumerable<string> MembersOf(SearchResultEntry group) =>
        group.Attributes.AttributeNames!.Cast<string>()
            .Any(name => name.Contains(";range=", StringComparison.OrdinalIgnoreCase))
            ? throw Fault("a group has more members than the server names at once. Write 'nested: chain'.")
            : ValuesOf(group, "member").Concat(ValuesOf(group, "uniqueMember"));

    private SearchResultEntry? Find(string name)
    {
        var normal = LdapText.Normalize(name);
        if (_known.TryGetValue(normal, out var known))
        {
            return known;
        }

        return _known.Count < LookUpCountMax
            ? _known[normal] = _session.Find(name, MemberAttributes)
            : throw Fault($"more than {LookUpCountMax} members of groups are no users under UserBase.");
    }
}
