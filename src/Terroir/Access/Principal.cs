using System.Globalization;

namespace Terroir.Access;

/// <summary>The texts that name who reads: <c>everyone</c>, <c>user:ID</c>, <c>group:ID</c>, and several of them joined
/// by <c>&amp;</c>, which an asker must all be. An entry may end: it then has <c>until:TIME</c> joined to it.</summary>
public static class Principal
{
    /// <summary>The longest id of a user or group, in characters.</summary>
    public const int IdLengthMax = 128;

    /// <summary>What joins the principals of one entry.</summary>
    internal const char Joint = '&';

    /// <summary>How times are written where people write them: UTC, to the second.</summary>
    internal const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private const string UntilPrefix = "until:";
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

    /// <summary>The principals of an entry of an access list, without its end.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>One principal, or those that are joined.</returns>
    public static IEnumerable<string> PartsOf(string entry) => entry.Split(Joint).Where(part => !IsEnd(part));

    /// <summary>Whether a principal is a user.</summary>
    internal static bool IsUser(string principal) => principal.StartsWith(UserPrefix, StringComparison.Ordinal);

    /// <summary>Reads a time in the one form in which it is written.</summary>
    internal static bool TryReadTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text,
        TimeForm,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out time);

    /// <summary>Makes an entry of an access list end.</summary>
    /// <param name="entry">A principal, or several joined.</param>
    /// <param name="end">When; whole seconds count.</param>
    internal static string Until(string entry, DateTimeOffset end) => string.Join(
        Joint,
        entry.Split(Joint)
            .Append(UntilPrefix + end.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture))
            .Order(StringComparer.Ordinal));

    /// <summary>When an entry ends; <see langword="null"/> if it never does. One that nobody can read has ended.
    /// </summary>
    internal static DateTimeOffset? EndOf(string entry) => entry.Contains(UntilPrefix, StringComparison.Ordinal)
        ? entry.Split(Joint)
            .Where(IsEnd)
            .Select(part => TryReadTime(part[UntilPrefix.Length..], out var end) ? end : DateTimeOffset.MinValue)
            .Cast<DateTimeOffset?>()
            .Min()
        : null;

    /// <summary>Whether an asker with some principals meets an entry of an access list at a time.</summary>
    internal static bool IsMet(string entry, IReadOnlySet<string> principals, DateTimeOffset at)
    {
        if (!entry.Contains(Joint, StringComparison.Ordinal))
        {
            return principals.Contains(entry);
        }

        return !(EndOf(entry) <= at) && PartsOf(entry).Any() && PartsOf(entry).All(principals.Contains);
    }

    private static bool IsEnd(string part) => part.StartsWith(UntilPrefix, StringComparison.Ordinal);
}
