using System.Text.Json.Serialization;

namespace Terroir;

/// <summary>Who may read a document, as its source says: principals allowed and principals denied. Deny wins, and
/// nobody reads what nobody was allowed.</summary>
/// <remarks>A principal is <c>everyone</c>, <c>user:ID</c> or <c>group:ID</c>; an id holds no control character and
/// none of <c>: , &amp;</c>. An entry is a principal, or several in ordinal order joined by <c>&amp;</c>: then it means
/// who is all of them. Entries are distinct and in ordinal order, so that equal lists are equal texts. Immutable.
/// </remarks>
public sealed record AccessList
{
    /// <summary>The principal that every asker has.</summary>
    public const string Everyone = "everyone";

    /// <summary>Nobody reads.</summary>
    public static AccessList Nobody { get; } = new([], []);

    /// <summary>Sorts and keeps the entries.</summary>
    /// <param name="allow">Principals that may read.</param>
    /// <param name="deny">Principals that may not, whatever else allows them.</param>
    [JsonConstructor]
    public AccessList(IReadOnlyList<string> allow, IReadOnlyList<string> deny)
    {
        Allow = Sort(allow);
        Deny = Sort(deny);
    }

    /// <summary>The principals that may read.</summary>
    public IReadOnlyList<string> Allow { get; }

    /// <summary>The principals that may not.</summary>
    public IReadOnlyList<string> Deny { get; }

    /// <summary>One text for the whole list: equal exactly for equal lists.</summary>
    [JsonIgnore]
    public string Key => $"{string.Join('\n', Allow)}\n\n{string.Join('\n', Deny)}";

    /// <inheritdoc/>
    public bool Equals(AccessList? other) => other is not null
        && string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    private static string[] Sort(IEnumerable<string> principals) =>
        [.. principals.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
