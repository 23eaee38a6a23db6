namespace Terroir.Tests.Access.Histories;

/// <summary>Who may read what, word by word as the documentation says it, slow and without memory.</summary>
internal static class AccessOracle
{
    public static bool MayRead(AccessState state, int user, int document)
    {
        if (state.IsDisabled[user] || ListOf(state, document) is not var (allow, deny))
        {
            return false;
        }

        return allow.Any(entry => IsMet(state, user, entry)) && !deny.Any(entry => IsMet(state, user, entry));
    }

    // Nothing is readable below a file that cannot be understood; else what is said after the last rule that does not
    // inherit, that one included.
    private static (Entry[] Allow, Entry[] Deny)? ListOf(AccessState state, int document)
    {
        if (document >= AccessState.FolderCount * 2)
        {
            return state.Lists[document - (AccessState.FolderCount * 2)];
        }

        var rules = PathTo(document / 2).Select(folder => state.Folders[folder]).OfType<FolderRule>().ToList();
        if (rules.Exists(rule => rule.IsBroken))
        {
            return null;
        }

        if (document % 2 == 0 && state.Folders[document / 2]?.OfFirst is { } own)
        {
            rules.Add(own);
        }

        var said = rules.Skip(Math.Max(0, rules.FindLastIndex(rule => !rule.Inherits))).ToArray();
        return ([.. said.SelectMany(rule => rule.Allow)], [.. said.SelectMany(rule => rule.Deny)]);
    }

    private static IEnumerable<int> PathTo(int folder) =>
        folder == 0 ? [0] : PathTo((folder - 1) / 2).Append(folder);

    private static bool IsMet(AccessState state, int user, Entry entry) =>
        !HasEnded(state, entry.End) && Array.TrueForAll(entry.Principals, principal => Is(state, user, principal, 0));

    // Whoever is in a group by a longer way than there are groups is in it by a shorter one.
    private static bool Is(AccessState state, int user, string principal, int depth)
    {
        if (principal is AccessList.Everyone || string.Equals(principal, $"user:u{user}", StringComparison.Ordinal))
        {
            return true;
        }

        if (depth > AccessState.GroupCount || !principal.StartsWith("group:g", StringComparison.Ordinal))
        {
            return false;
        }

        var group = principal[^1] - '0';
        var members = state.FileGroups[group] ?? state.StoreGroups[group] ?? [];
        return members.Any(member =>
            !HasEnded(state, member.End) && Is(state, user, member.Principal, depth + 1));
    }

    private static bool HasEnded(AccessState state, int? end) => end <= state.Now;
}
