using Terroir.Sources;

namespace Terroir.Ingestion.Permissions;

/// <summary>What the <c>permissions.yaml</c> of a folder and of those above it say together.</summary>
/// <param name="Allow">Principals that may read.</param>
/// <param name="Deny">Principals that may not.</param>
/// <param name="Label">The classification; empty if none.</param>
/// <param name="Own">What the folder's own file says of single files.</param>
/// <param name="IsBroken">Whether one of the files cannot be understood, so that nobody reads.</param>
internal sealed record PermissionState(
    IReadOnlyList<string> Allow,
    IReadOnlyList<string> Deny,
    string Label,
    PermissionFile Own,
    bool IsBroken)
{
    /// <summary>Nothing was said yet: nobody reads.</summary>
    public static PermissionState Start { get; } = new([], [], "", PermissionFile.Empty, IsBroken: false);

    /// <summary>Goes into a folder without a file of its own.</summary>
    public PermissionState Enter() => this with { Own = PermissionFile.Empty };

    /// <summary>Goes into a folder with a file.</summary>
    public PermissionState Enter(PermissionFile file) => With(file.Folder) with { Own = file };

    /// <summary>Goes into a folder whose file cannot be understood.</summary>
    public PermissionState EnterBroken() => this with { Own = PermissionFile.Empty, IsBroken = true };

    /// <summary>Finds who may read a file of the folder.</summary>
    /// <param name="path">The file's path.</param>
    public ItemReaders Of(string path)
    {
        if (IsBroken)
        {
            return ItemReaders.Closed;
        }

        var state = Own.For(SourcePath.NameOf(path)).Aggregate(this, (before, entry) => before.With(entry));
        return new ItemReaders(new AccessList(state.Allow, state.Deny), state.Label);
    }

    /// <summary>Narrows what was known of a file in a folder below that cannot be looked at.</summary>
    /// <remarks>What stands in that folder itself is not known, so what was allowed there stays, and what is denied
    /// above is added.</remarks>
    public AccessList Narrow(AccessList access) =>
        IsBroken ? AccessList.Nobody : new AccessList(access.Allow, [.. access.Deny, .. Deny]);

    private PermissionState With(PermissionEntry entry) => this with
    {
        Allow = entry.IsInherited ? [.. Allow, .. entry.Allow] : entry.Allow,
        Deny = entry.IsInherited ? [.. Deny, .. entry.Deny] : entry.Deny,
        Label = entry.Label.Length > 0 ? entry.Label : Label,
    };
}
