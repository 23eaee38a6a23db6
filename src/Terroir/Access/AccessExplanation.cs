namespace Terroir.Access;

/// <summary>Why a user may read a document, or may not.</summary>
/// <param name="User">The user's id.</param>
/// <param name="MayRead">Whether they may.</param>
/// <param name="Reason">What decides; see <see cref="AccessReason"/>.</param>
/// <param name="Allow">The entries that allow, in ordinal order.</param>
/// <param name="Deny">The entries that deny, in ordinal order.</param>
public sealed record AccessExplanation(
    string User,
    bool MayRead,
    AccessReason Reason,
    IReadOnlyList<ExplainedEntry> Allow,
    IReadOnlyList<ExplainedEntry> Deny)
{
    /// <summary>Explains an access list for a user.</summary>
    /// <param name="directory">Who is in which group.</param>
    /// <param name="user">The user's id; one that the directory does not have reads nothing.</param>
    /// <param name="access">The list.</param>
    /// <returns>The explanation; <see cref="MayRead"/> is what <see cref="Asker.MayRead"/> says.</returns>
    public static AccessExplanation Of(IDirectory directory, string user, AccessList access)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(access);
        var asker = directory.Find(user);
        var allow = access.Allow
            .Select(entry => Explain(directory, user, entry, asker?.Allows(entry) is true)).ToArray();
        var deny = access.Deny
            .Select(entry => Explain(directory, user, entry, asker?.Denies(entry) is true)).ToArray();
        var reason = asker is null ? AccessReason.UserUnknown
            : Array.Exists(deny, entry => entry.IsMet) ? AccessReason.Denied
            : Array.Exists(allow, entry => entry.IsMet) ? AccessReason.Allowed
            : allow.Length == 0 ? AccessReason.NobodyAllowed
            : AccessReason.NotAllowed;
        return new AccessExplanation(user, reason == AccessReason.Allowed, reason, allow, deny);
    }

    private static ExplainedEntry Explain(IDirectory directory, string user, string entry, bool isMet) => new(
        entry,
        isMet,
        isMet ? [.. Principal.PartsOf(entry).Select(principal => directory.FindChain(user, principal))] : []);
}

/// <summary>An entry of an access list.</summary>
/// <param name="Entry">The entry: a principal, or several joined by <c>&amp;</c>, maybe with <c>until:TIME</c>.</param>
/// <param name="IsMet">Whether the user is all of them, and the entry has not ended.</param>
/// <param name="Through">If so, for each of them the memberships from the user to it.</param>
public sealed record ExplainedEntry(string Entry, bool IsMet, IReadOnlyList<IReadOnlyList<string>> Through);
