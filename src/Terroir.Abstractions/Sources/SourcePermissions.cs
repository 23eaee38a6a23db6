namespace Terroir.Sources;

/// <summary>The words for where the permissions of a source come from.</summary>
public static class SourcePermissions
{
    /// <summary>Each item says who may read it.</summary>
    public const string Source = "source";

    /// <summary>Files named <c>permissions.yaml</c> say it; see <c>docs/formats/permissions.md</c>.</summary>
    public const string File = "file";

    /// <summary>The settings of the source say it, for all items or by the beginning of their paths.</summary>
    public const string Fixed = "fixed";

    /// <summary>Owner, group, mode and access control list say it; of folders only.</summary>
    public const string Posix = "posix";

    /// <summary>The access lists of Windows say it, which a mounted share shows; of folders only.</summary>
    public const string Ntfs = "ntfs";
}
