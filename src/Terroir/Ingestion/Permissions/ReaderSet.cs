using Terroir.Access;

namespace Terroir.Ingestion.Permissions;

/// <summary>Readers as an access list says them, so that they can be intersected.</summary>
/// <remarks>Immutable. An intersection is exact: its readers are those of both lists. Only beyond
/// <see cref="EntryCountMax"/> entries the rest is left out, which is narrower.</remarks>
internal sealed class ReaderSet
{
    /// <summary>The most entries that allow. A list grows with each folder that lets other groups pass.</summary>
    internal const int EntryCountMax = 64;

    /// <summary>What a person reads of a folder whose readers were cut.</summary>
    internal static readonly string CutProblem =
        $"More than {EntryCountMax} combinations of groups may pass; the rest may not read here. "
        + "Give the folders above to one group.";

    // An entry is the principals that one must all be; none for everyone.
    private readonly string[][] _allow;
    private readonly string[] _deny;

    private ReaderSet(IEnumerable<string[]> allow, IEnumerable<string> deny)
    {
        _deny = [.. deny.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var possible = allow.Where(IsPossible).ToArray();
        var needed = Absorb(possible);
        IsCut = needed.Count > EntryCountMax;
        _allow = [.. needed.Take(EntryCountMax)];
        Access = _allow.Length == 0
            ? AccessList.Nobody
            : new AccessList([.. _allow.Select(Join)], _deny);
    }

    /// <summary>Nobody.</summary>
    public static ReaderSet Nobody { get; } = new([], []);

    /// <summary>The same as an access list.</summary>
    public AccessList Access { get; }

    /// <summary>Whether entries were left out, so that fewer may read than should.</summary>
    public bool IsCut { get; }

    /// <summary>Takes the readers of an access list.</summary>
    public static ReaderSet Of(AccessList access) => new(access.Allow.Select(Split), access.Deny);

    /// <summary>Finds who is among these readers and others.</summary>
    public ReaderSet And(ReaderSet other) => new(
        _allow.SelectMany(entry => other._allow.Select(added =>
            entry.Union(added, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray())),
        [.. _deny, .. other._deny]);

    private static string[] Split(string entry) =>
        string.Equals(entry, AccessList.Everyone, StringComparison.Ordinal) ? [] : entry.Split(Principal.Joint);

    private static string Join(string[] entry) =>
        entry.Length == 0 ? AccessList.Everyone : string.Join(Principal.Joint, entry);

    // Who must meet less is among who must meet more: the shorter entry stands for both.
    private static List<string[]> Absorb(string[][] entries)
    {
        var needed = new List<string[]>();
        foreach (var entry in entries.OrderBy(entry => entry.Length).ThenBy(Join, StringComparer.Ordinal))
        {
            if (!needed.Exists(shorter => Array.TrueForAll(shorter, entry.Contains)))
            {
                needed.Add(entry);
            }
        }

        return needed;
    }

    // Nobody is two users, or is denied and reads.
    private bool IsPossible(string[] entry) =>
        entry.Count(Principal.IsUser) <= 1 && !entry.Any(_deny.Contains);
}
