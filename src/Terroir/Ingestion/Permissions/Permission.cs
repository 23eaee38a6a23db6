namespace Terroir.Ingestion.Permissions;

/// <summary>Who may read a file, and its label, as its source says.</summary>
/// <param name="Access">Who may read.</param>
/// <param name="Label">The classification; empty if none.</param>
internal sealed record Permission(AccessList Access, string Label);

/// <summary>Reads the permissions of a source's files.</summary>
internal interface IPermissionReader
{
    /// <summary>Finds who may read a file. A fault in the permissions yields nobody, never more.</summary>
    /// <param name="path">The path within the source, with <c>/</c>.</param>
    Permission Read(string path);
}
