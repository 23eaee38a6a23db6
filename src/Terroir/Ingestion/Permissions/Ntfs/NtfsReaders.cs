using Terroir.Access;

namespace Terroir.Ingestion.Permissions.Ntfs;

/// <summary>Turns an access list of Windows into readers: the first entry that fits a person decides.</summary>
/// <remarks>
/// <para>A refusal after which nothing is allowed changes nothing, and neither does a second entry for one SID. Exact
/// in the order in which Windows sorts entries (refusals first); where something is allowed before it is refused, who
/// is meant by both is refused here, which is narrower.</para>
/// <para>A refusal of somebody whom the directory does not know holds nobody back, so nothing is opened after it.
/// Generic rights in an entry refuse, and allow nothing: Windows turns them into single ones when it sets the
/// entry.</para>
/// </remarks>
internal static class NtfsReaders
{
    /// <summary>May read a file's content.</summary>
    public const uint ReadData = 0x1;

    /// <summary>May pass a folder.</summary>
    public const uint Traverse = 0x20;

    private const uint GenericAll = 0x1000_0000;
    private const uint GenericExecute = 0x2000_0000;
    private const uint GenericRead = 0x8000_0000;

    /// <summary>Finds who may do something.</summary>
    /// <param name="descriptor">The owner and the list.</param>
    /// <param name="right"><see cref="ReadData"/> or <see cref="Traverse"/>.</param>
    /// <param name="find">Finds the principal that has a SID; <see langword="null"/> if nobody is known by it.</param>
    /// <param name="stranger">The SID that is refused and not known, so that nothing was opened after it.</param>
    public static ReaderSet Of(
        SecurityDescriptor descriptor,
        uint right,
        Func<string, string?> find,
        out string? stranger)
    {
        stranger = null;
        if (descriptor.IsOpen)
        {
            return ReaderSet.Of(new AccessList([AccessList.Everyone], []));
        }

        var refusing = right | GenericAll | (right == ReadData ? GenericRead : GenericExecute);
        var (allow, deny, waiting) = (new List<string>(), new List<string>(), new List<string>());
        var decided = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, entry) in descriptor.Entries.Index())
        {
            var sid = entry.Sid is NtfsSid.OwnerRights ? descriptor.Owner ?? entry.Sid : entry.Sid;
            if ((entry.Mask & (entry.IsAllowed ? right : refusing)) == 0 || !decided.Add(sid))
            {
                continue;
            }

            var principal = sid is NtfsSid.Everyone ? AccessList.Everyone : find(sid);
            if (entry.IsAllowed)
            {
                deny.AddRange(waiting);
                waiting.Clear();
                allow.Add(principal ?? Unknown(sid));
            }
            else if (principal is null)
            {
                stranger = descriptor.Entries.Skip(index).Any(later => later.IsAllowed && (later.Mask & right) != 0)
                    ? sid
                    : null;
                break;
            }
            else
            {
                waiting.Add(principal);
            }

            if (sid is NtfsSid.Everyone)
            {
                break;
            }
        }

        return ReaderSet.Of(new AccessList(allow, deny));
    }

    // It opens nothing until the directory has a group of this id.
    private static string Unknown(string sid) => Principal.Group($"#{sid}");
}
