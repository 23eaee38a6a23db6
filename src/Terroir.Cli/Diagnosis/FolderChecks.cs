using Terroir.Server;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the site's folder, without opening its stores.</summary>
internal static class FolderChecks
{
    private const long SpaceWarningBytes = 2L << 30;
    private const long SpaceProblemBytes = 200L << 20;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>SQLite relies on locks and on fsync, which these do not keep to everywhere.</summary>
    private static readonly string[] NetworkFormats = ["nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ceph"];

    public static IEnumerable<Finding> Run(SiteFolder site) =>
        [CheckSpace(site), CheckFormat(site), CheckSync(site), CheckKey(site)];

    private static Finding CheckSpace(SiteFolder site)
    {
        var free = new DriveInfo(site.Root).AvailableFreeSpace;
        var fact = $"{free / (double)(1 << 30):0.0} GiB are free.";
        return free >= SpaceWarningBytes
            ? Finding.Sound("disk space", fact)
            : new Finding(
                "disk space",
                free >= SpaceProblemBytes ? FindingLevel.Warning : FindingLevel.Problem,
                fact,
                "On a full disk nothing new is taken in; what was acknowledged stays.",
                "terroir gc --grace 0");
    }

    private static Finding CheckFormat(SiteFolder site)
    {
        var format = new DriveInfo(site.Root).DriveFormat;
        return Array.Exists(NetworkFormats, name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            ? Finding.Problem(
                "file system",
                $"The site is on '{format}', a network file system.",
                "SQLite's locks do not hold there: two processes can corrupt the metastore.",
                "terroir backup FOLDER && terroir restore FOLDER --data /a/local/disk")
            : Finding.Sound("file system", $"The site is on a local file system ({format}).");
    }

    private static Finding CheckSync(SiteFolder site)
    {
        var probe = Path.Combine(site.Root, ".doctor");
        try
        {
            DurableFile.Replace(probe, "durable?"u8);
            File.Delete(probe);
            return Finding.Sound("durability", "A file was written and synchronised to the disk.");
        }
        catch (Exception exception) when (exception is TerroirException or IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(
                "durability",
                $"A file could not be written and synchronised: {exception.Message}",
                "What cannot be made durable is not acknowledged: nothing new is taken in.",
                $"mount -o remount,rw and chown -R $USER '{site.Root}'");
        }
    }

    private static Finding CheckKey(SiteFolder site)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(site.KeyFile) & Others) == UnixFileMode.None)
        {
            return Finding.Sound("signing key", "Only its owner can read it.");
        }

        return Finding.Problem(
            "signing key",
            $"Others can reach {site.KeyFile}.",
            "Whoever has the key can forge manifests in the site's name.",
            $"chmod 600 '{site.KeyFile}'");
    }
}
