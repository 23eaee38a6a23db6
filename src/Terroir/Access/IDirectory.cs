namespace Terroir.Access;

/// <summary>Users, groups and API keys of the site.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface IDirectory
{
    /// <summary>All users, by id.</summary>
    IReadOnlyList<DirectoryUser> Users { get; }

    /// <summary>All groups with the members that they have now, by id.</summary>
    IReadOnlyList<DirectoryGroup> Groups { get; }

    /// <summary>Principals that the directory refers to without defining them, in ordinal order: probably slips.
    /// </summary>
    IReadOnlyList<string> Unknown { get; }

    /// <summary>Decides whether a principal is <c>everyone</c>, or a user or group of the directory.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>Whether it is.</returns>
    bool Knows(string principal);

    /// <summary>Finds who has a SID of Windows.</summary>
    /// <param name="sid">The SID, such as <c>S-1-5-21-1-2-3-1104</c>.</param>
    /// <returns>The user or group as a principal, or <see langword="null"/> if nobody has it.</returns>
    string? FindBySid(string sid);

    /// <summary>Finds a user with all groups.</summary>
    /// <param name="user">The user's id.</param>
    /// <returns>The asker, or <see langword="null"/> if there is no such user.</returns>
    Asker? Find(string user);

    /// <summary>Finds a user with all groups, and with groups that somebody else vouches for.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="groups">The ids of those groups; the groups that they are in count too.</param>
    /// <returns>The asker, or <see langword="null"/> if there is no such user.</returns>
    Asker? Find(string user, IReadOnlyCollection<string> groups);

    /// <summary>Finds how a user is a principal.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="principal">The principal.</param>
    /// <returns>The user, the groups between, and the principal: the fewest, and of as many the first in ordinal
    /// order. Empty if the user is not that principal.</returns>
    IReadOnlyList<string> FindChain(string user, string principal);

    /// <summary>Finds an API key by its hash.</summary>
    /// <param name="hash">SHA-256 of the key as presented.</param>
    /// <returns>The key, or <see langword="null"/> if no such key is valid. Its user may be unknown.</returns>
    DirectoryKey? FindKey(ContentHash hash);

    /// <summary>Finds whom an API key is bound to.</summary>
    /// <param name="key">The key as presented.</param>
    /// <returns>The asker, or <see langword="null"/> if no such key is valid.</returns>
    Asker? FindByKey(string key) => FindKey(SiteDirectory.HashOf(key)) is { } known ? Find(known.User) : null;
}

/// <summary>A user of the site.</summary>
/// <param name="Id">The id, such as <c>nadia.benali</c>.</param>
/// <param name="Name">The name that is shown.</param>
/// <param name="Title">The function that is shown; may be empty.</param>
public sealed record DirectoryUser(string Id, string Name, string Title)
{
    /// <summary>Whether <c>directory.yaml</c> defines them, so that nothing else changes them.</summary>
    public bool IsOfFile { get; init; }
}
