using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Server.Scim;

/// <summary>Users and groups at one moment.</summary>
/// <remarks>Immutable, so safe to call from several threads at once.</remarks>
internal sealed class ScimSnapshot
{
    private readonly ILookup<string, ScimGroup> _parents;

    private ScimSnapshot(
        long revision,
        IReadOnlyDictionary<string, ScimUser> users,
        IReadOnlyDictionary<string, ScimGroup> groups,
        string address)
    {
        (Revision, Users, Groups, Address) = (revision, users, groups, address);
        _parents = groups.Values
            .SelectMany(group => group.Group.Members.Select(member => (member.Principal, Group: group)))
            .ToLookup(pair => pair.Principal, pair => pair.Group, StringComparer.Ordinal);
    }

    /// <summary>The revision of the identity store.</summary>
    public long Revision { get; }

    /// <summary>All users, by id.</summary>
    public IReadOnlyDictionary<string, ScimUser> Users { get; }

    /// <summary>All groups with those members whose membership has not ended, by id.</summary>
    public IReadOnlyDictionary<string, ScimGroup> Groups { get; }

    /// <summary>Where SCIM is, as the client sees it: without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>Reads who there is.</summary>
    /// <param name="store">The identity store.</param>
    /// <param name="directory">Who there is in the file.</param>
    /// <param name="now">The moment for which memberships count.</param>
    /// <param name="address">Where SCIM is, as the client sees it.</param>
    public static ScimSnapshot Read(IIdentityStore store, IDirectory directory, DateTimeOffset now, string address)
    {
        var records = store.Read();
        var users = records.Accounts
            .Where(account => account.Origin is not Account.FromDirectory)
            .ToDictionary(account => account.Id, account => new ScimUser(account), StringComparer.Ordinal);
        var accounts = records.Accounts.ToDictionary(account => account.Id, StringComparer.Ordinal);
        foreach (var user in directory.Users.Where(user => user.IsOfFile))
        {
            var known = accounts.GetValueOrDefault(user.Id) ?? new Account(user.Id);
            users[user.Id] = new ScimUser(known with { Name = user.Name, Title = user.Title }) { IsOfFile = true };
        }

        var groups = records.Groups.ToDictionary(
            group => group.Id,
            group => new ScimGroup(group with { Members = [.. group.Members.Where(one => !(one.Until <= now))] }),
            StringComparer.Ordinal);
        foreach (var group in directory.Groups.Where(group => group.IsOfFile))
        {
            groups[group.Id] = new ScimGroup(new AccountGroup(group.Id) { Name = group.Name, Members = group.Members })
            {
                IsOfFile = true,
            };
        }

        return new ScimSnapshot(records.Revision, users, groups, address);
    }

    /// <summary>Whether there is such a user or group.</summary>
    /// <param name="principal"><c>user:ID</c> or <c>group:ID</c>.</param>
    public bool Knows(string principal) => IsUser(principal)
        ? Users.ContainsKey(IdOf(principal))
        : Groups.ContainsKey(IdOf(principal));

    /// <summary>The name that is shown of a user or group; empty for none.</summary>
    /// <param name="principal"><c>user:ID</c> or <c>group:ID</c>.</param>
    public string NameOf(string principal) => IsUser(principal)
        ? Users.GetValueOrDefault(IdOf(principal))?.Account.Name ?? ""
        : Groups.GetValueOrDefault(IdOf(principal))?.Name ?? "";

    /// <summary>Where the resource of a user or group is.</summary>
    /// <param name="principal"><c>user:ID</c> or <c>group:ID</c>.</param>
    public string AddressOf(string principal) =>
        $"{Address}/{(IsUser(principal) ? "Users" : "Groups")}/{ScimId.Of(principal)}";

    /// <summary>Whether a principal is a user, and not a group.</summary>
    public static bool IsUser(string principal) => principal.StartsWith("user:", StringComparison.Ordinal);

    /// <summary>The groups of a user, those that they are in themselves first.</summary>
    public IEnumerable<(ScimGroup Group, bool IsDirect)> GroupsOf(string user)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<(string Principal, bool IsUser)>([(Principal.User(user), true)]);
        while (waiting.TryDequeue(out var member))
        {
            foreach (var group in _parents[member.Principal].Where(group => seen.Add(group.Group.Id)))
            {
                waiting.Enqueue((Principal.Group(group.Group.Id), false));
                yield return (group, member.IsUser);
            }
        }
    }

    private static string IdOf(string principal) => principal[(principal.IndexOf(':', StringComparison.Ordinal) + 1)..];
}

/// <summary>A user as SCIM sees them.</summary>
/// <param name="Account">What is kept of them, or stands in the file.</param>
internal sealed record ScimUser(Account Account)
{
    /// <summary>Whether <c>directory.yaml</c> defines them.</summary>
    public bool IsOfFile { get; init; }
}

/// <summary>A group as SCIM sees it.</summary>
/// <param name="Group">What is kept of it, or stands in the file.</param>
internal sealed record ScimGroup(AccountGroup Group)
{
    /// <summary>Whether <c>directory.yaml</c> defines it.</summary>
    public bool IsOfFile { get; init; }

    /// <summary>The name that is shown.</summary>
    public string Name => Group.Name.Length > 0 ? Group.Name : Group.Id;
}
