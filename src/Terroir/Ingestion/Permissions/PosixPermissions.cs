namespace Terroir.Ingestion.Permissions;

/// <summary>Permissions from the mode of a file: what everyone may read, if every folder above lets them
/// pass.</summary>
/// <remarks>Owner, group and ACL entries are not read, so that a file is never wider open than on the disk.</remarks>
internal sealed class PosixPermissions(string root) : IPermissionReader
{
    public Permission Read(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Permission(AccessList.Nobody, "");
        }

        var file = Path.Combine(root, path.Split("!/")[0]);
        var isOpen = File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);
        for (var folder = Path.GetDirectoryName(file)!; isOpen && folder.Length >= root.Length;
            folder = Path.GetDirectoryName(folder)!)
        {
            isOpen = File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute);
        }

        return new Permission(isOpen ? new AccessList([AccessList.Everyone], []) : AccessList.Nobody, "");
    }
}
