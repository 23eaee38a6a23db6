using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>The names under which things that are no documents are remembered, so that <c>status</c> lists them beside
/// the files in quarantine: a folder that cannot be looked into, and permissions that cannot be understood.</summary>
internal static class ItemName
{
    private const string FolderEnd = "/";
    private const string PermissionEnd = "/.";

    /// <summary>Names a folder that could not be looked into.</summary>
    public static string OfFolder(string path) => path + FolderEnd;

    /// <summary>Names a fault in the permissions: the <c>permissions.yaml</c>, or the folder's own.</summary>
    public static string OfPermission(string path) => IsPermissionFile(path) ? path : path + PermissionEnd;

    /// <summary>Whether an item stands for no document.</summary>
    public static bool IsNotice(SourceItem item) =>
        item.Key.Path.EndsWith(FolderEnd, StringComparison.Ordinal)
        || item.Key.Path.EndsWith(PermissionEnd, StringComparison.Ordinal)
        || (!SourcePath.IsInside(item.Key.Path) && IsPermissionFile(item.Key.Path));

    private static bool IsPermissionFile(string path) =>
        string.Equals(path[(path.LastIndexOf('/') + 1)..], PermissionFiles.FileName, StringComparison.Ordinal);
}
