using Terroir.Storage;

namespace Terroir.Access;

/// <summary>Puts what <c>directory.yaml</c> says and what the identity store keeps together.</summary>
/// <remarks>Where both define a user or a group, the file's is the one: who provisions accounts must not be able to
/// enter a group that the operator wrote. An account that may not enter keeps also a user of the file out.</remarks>
internal static class DirectoryMerge
{
    /// <summary>Adds accounts, groups and keys, and leaves out what has ended.</summary>
    /// <param name="content">What the file says.</param>
    /// <param name="records">What the store keeps.</param>
    /// <param name="rules">What the settings say of emergencies: an opening counts under a rule that still stands.
    /// </param>
    /// <param name="now">The moment for which it counts.</param>
    public static DirectoryContent With(
        this DirectoryContent content,
        IdentityRecords records,
        IReadOnlyList<EmergencyRule> rules,
        DateTimeOffset now)
    {
        var users = content.Users.Select(user => user.Id).ToHashSet(StringComparer.Ordinal);
        var groups = content.Groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        var allGroups = content.Groups
            .Concat(records.Groups
                .Where(group => !groups.Contains(group.Id))
                .Select(group => new DirectoryGroup(group.Id, group.Members) { Name = group.Name }))
            .ToList();
        var ends = allGroups.SelectMany(group => group.Members.Select(member => member.Until))
            .Concat(records.Keys.Select(key => key.ExpiresAt))
            .Concat(records.Emergencies.Select(opening => (DateTimeOffset?)opening.EndsAt))
            .Where(end => end > now)
            .ToList();
        return content with
        {
            Users =
            [
                .. content.Users,
                .. records.Accounts
                    .Where(account => !users.Contains(account.Id) && !IsOfFile(account))
                    .Select(account => new DirectoryUser(account.Id, account.Name, account.Title)),
            ],
            Groups =
            [
                .. allGroups.Select(group => group with
                {
                    Members = [.. group.Members.Where(member => !(member.Until <= now))],
                }),
            ],
            Keys =
            [
                .. content.Keys,
                .. records.Keys.Where(key => !(key.ExpiresAt <= now)).Select(ToKey),
            ],
            Inactive = records.Accounts.Where(account => !account.IsActive)
                .Select(account => account.Id)
                .ToHashSet(StringComparer.Ordinal),
            Emergencies = records.Emergencies
                .Where(opening => opening.EndsAt > now)
                .SelectMany(opening => rules
                    .Where(rule => string.Equals(rule.Group, opening.Group, StringComparison.Ordinal))
                    .Select(rule => (opening.User, Rule: rule)))
                .ToLookup(pair => pair.User, pair => pair.Rule, StringComparer.Ordinal),
            EndsAt = ends.Count > 0 ? ends.Min() : null,
        };
    }

    /// <summary>Adds members that a directory server names to groups, and nothing else: neither users nor keys.
    /// </summary>
    /// <param name="content">What file and store say.</param>
    /// <param name="members">Ids of users, by the id of a group. Who is no user here is left out. A group that nobody
    /// defines counts all the same: a document may name it.</param>
    public static DirectoryContent WithMembers(
        this DirectoryContent content,
        IReadOnlyDictionary<string, IReadOnlySet<string>> members)
    {
        var users = content.Users.Select(user => user.Id).ToHashSet(StringComparer.Ordinal);
        var known = content.Groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        return content with
        {
            Groups =
            [
                .. content.Groups.Concat(members.Keys.Where(id => !known.Contains(id))
                    .Select(id => new DirectoryGroup(id, [])))
                    .Select(group => group with
                    {
                        Members =
                        [
                            .. group.Members
                                .Concat(members.GetValueOrDefault(group.Id, new HashSet<string>(StringComparer.Ordinal))
                                    .Where(users.Contains)
                                    .Select(user => new GroupMember(Principal.User(user))))
                                .DistinctBy(member => member.Principal, StringComparer.Ordinal),
                        ],
                    }),
            ],
        };
    }

    private static bool IsOfFile(Account account) =>
        string.Equals(account.Origin, Account.FromDirectory, StringComparison.Ordinal);

    private static DirectoryKey ToKey(ApiKey key) => new(key.Hash, key.User)
    {
        PushSources = key.PushSources,
        Scopes = key.Scopes.ToHashSet(StringComparer.Ordinal),
        Collections = key.Collections.Count == 0 ? null : key.Collections.ToHashSet(StringComparer.Ordinal),
    };
}
