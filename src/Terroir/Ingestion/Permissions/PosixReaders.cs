using Terroir.Access;

namespace Terroir.Ingestion.Permissions;

/// <summary>Turns POSIX permissions into readers: the owner's entry first, then named users, then groups, then
/// others.</summary>
/// <remarks>
/// <para>Who is judged by an earlier class is not let in by a later one: a user that is refused is denied, and so is a
/// group that is refused where others may. Exact but for two cases, both narrower than the disk: somebody in a refused
/// group, where others may, is also refused what their own entry, or another group's, grants.</para>
/// <para>The superuser is no reader: number 0 is never allowed by its own entry.</para>
/// </remarks>
internal static class PosixReaders
{
    /// <summary>May read a file.</summary>
    public const int Read = 4;

    /// <summary>May pass a folder.</summary>
    public const int Execute = 1;

    /// <summary>Finds who may do something.</summary>
    /// <param name="acl">The permissions.</param>
    /// <param name="bit"><see cref="Read"/> or <see cref="Execute"/>.</param>
    /// <param name="names">Finds names of numbers.</param>
    /// <exception cref="IOException">The system could not look a name up.</exception>
    public static ReaderSet Of(PosixAcl acl, int bit, IPosixNames names)
    {
        var users = acl.Users.Where(entry => entry.Id != acl.Owner.Id).Prepend(acl.Owner).ToLookup(
            entry => (entry.Bits & bit) != 0,
            entry => Named(entry.Id, names.FindUser(entry.Id), Principal.User));
        var groups = acl.Groups.GroupBy(entry => entry.Id).ToLookup(
            entries => entries.Any(entry => (entry.Bits & bit) != 0),
            entries => Named(entries.Key, names.FindGroup(entries.Key), Principal.Group));
        var allow = users[true].Where(user => user.Id != 0).Select(user => user.Principal).ToList();
        var deny = users[false].Select(user => user.Principal).ToList();

        // A refusal of somebody without a name holds nobody back, so nothing is opened beside it that they could use.
        if (users[false].All(user => user.HasName))
        {
            allow.AddRange(groups[true].Select(group => group.Principal));
            if ((acl.OtherBits & bit) != 0 && groups[false].All(group => group.HasName))
            {
                allow.Add(AccessList.Everyone);
                deny.AddRange(groups[false].Select(group => group.Principal));
            }
        }

        return ReaderSet.Of(new AccessList(allow, deny));
    }

    private static (uint Id, string Principal, bool HasName) Named(
        uint id,
        string? name,
        Func<string, string> principal) => name is not null && Principal.IsId(name)
            ? (id, principal(name), true)
            : (id, principal(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{id}")), false);
}
