namespace Terroir.Access;

/// <summary>The texts that name who reads: <c>everyone</c>, <c>user:ID</c>, <c>group:ID</c>, and several of them joined
/// by <c>&amp;</c>, which an asker must all be.</summary>
public static class Principal
{
    /// <summary>The longest id of a user or group, in characters.</summary>
    public const int IdLengthMax = 128;

    /// <summary>What joins the principals of one entry.</summary>
    internal const char Joint = '&';

    private const string UserPrefix = "user:";
    private const string GroupPrefix = "group:";

    /// <summary>Names a user.</summary>
    /// <param name="id">The user's id; see <see cref="IsId"/>.</param>
    /// <returns><c>user:ID</c>.</returns>
    public static string User(string id) => UserPrefix + id;

    /// <summary>Names a group.</summary>
    /// <param name="id">The group's id; see <see cref="IsId"/>.</param>
    /// <returns><c>group:ID</c>.</returns>
    public static string Group(string id) => GroupPrefix + id;

    /// <summary>Decides whether a text names one principal.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Whether it is <c>everyone</c>, or <c>user:ID</c> or <c>group:ID</c> with an id. Case counts.</returns>
    public static bool IsValid(string text) =>
        string.Equals(text, AccessList.Everyone, StringComparison.Ordinal)
        || (text.StartsWith(UserPrefix, StringComparison.Ordinal) && IsId(text.AsSpan(UserPrefix.Length)))
        || (text.StartsWith(GroupPrefix, StringComparison.Ordinal) && IsId(text.AsSpan(GroupPrefix.Length)));

    /// <summary>Decides whether a text is a principal that may belong to a group: a user or a group.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsMember(string text) =>
        IsValid(text) && !string.Equals(text, AccessList.Everyone, StringComparison.Ordinal);

    /// <summary>Decides whether a text can be the id of a user or group.</summary>
    /// <param name="id">Any text.</param>
    /// <returns>Whether it has 1 to <see cref="IdLengthMax"/> characters, no control character, none of
    /// <c>: , &amp;</c>, and no white space at its ends.</returns>
    public static bool IsId(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > IdLengthMax || id.Trim().Length != id.Length || id.ContainsAny(":,&"))
        {
            return false;
        }

        foreach (var letter in id)
        {
            if (char.IsControl(letter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a principal is a user.</summary>
    internal static bool IsUser(string principal) => principal.StartsWith(UserPrefix, StringComparison.Ordinal);

    /// <summary>Whether an asker with some principals meets an entry of an access list.</summary>
    internal static bool IsMet(string entry, IReadOnlySet<string> principals)
    {
        if (!entry.Contains(Joint, StringComparison.Ordinal))
        {
            return principals.Contains(entry);
        }

        return entry.Split(Joint).All(principals.Contains);
    }
}
