namespace Terroir.Access;

/// <summary>Someone who asks, with every principal that they are: themselves, their groups (also through other
/// groups) and <c>everyone</c>.</summary>
public sealed record Asker
{
    /// <summary>Collects and sorts the principals.</summary>
    /// <param name="user">The user's id, such as <c>nadia.benali</c>.</param>
    /// <param name="groups">The ids of all groups that the user belongs to, nested ones resolved.</param>
    public Asker(string user, IEnumerable<string> groups)
    {
        User = user;
        Principals = new HashSet<string>(
            [AccessList.Everyone, Principal.User(user), .. groups.Select(Principal.Group)],
            StringComparer.Ordinal);
    }

    /// <summary>The user's id.</summary>
    public string User { get; }

    /// <summary>All principals that the user is.</summary>
    public IReadOnlySet<string> Principals { get; }

    /// <summary>The moment for which entries that end count; <see langword="null"/> where no clock says it: then what
    /// allows has ended, and what denies has not.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The collections that they reach; <see langword="null"/> for all. To others they are closed as if
    /// nothing in them could be read.</summary>
    public IReadOnlySet<string>? Collections { get; init; }

    /// <summary>Decides whether the asker may read in a collection at all.</summary>
    /// <param name="collection">The collection.</param>
    /// <returns>Whether they may.</returns>
    public bool MayEnter(CollectionId collection) => Collections?.Contains(collection.Value) is not false;

    /// <summary>Decides whether the asker may read under an access list: deny wins, and nobody reads by default.
    /// Who meets an entry that joins several principals is all of them.</summary>
    /// <param name="access">The list.</param>
    /// <returns>Whether they may.</returns>
    public bool MayRead(AccessList access) =>
        !access.Deny.Any(Denies) && access.Allow.Any(Allows);

    /// <summary>Whether an entry that allows is met.</summary>
    internal bool Allows(string entry) => Principal.IsMet(entry, Principals, At ?? DateTimeOffset.MaxValue);

    /// <summary>Whether an entry that denies is met.</summary>
    internal bool Denies(string entry) => Principal.IsMet(entry, Principals, At ?? DateTimeOffset.MinValue);
}
