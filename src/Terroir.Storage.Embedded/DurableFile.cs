namespace Terroir.Storage.Embedded;

/// <summary>Writes single files of a site so that they survive a crash, and says so only when they do.</summary>
/// <remarks>The base library ignores a failed fsync on Linux; this does not. A failed fsync is never tried again: the
/// pages may be gone. Safe to call from several threads and processes at once.</remarks>
public static class DurableFile
{
    /// <summary>The mode of a file that nobody but its owner reads, such as one that holds a secret.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly DurableFileWriter Writer = new(SystemFileCalls.Instance, "file system");

    /// <summary>Replaces a small file at once: readers see the old bytes or the new ones.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The new bytes.</param>
    /// <param name="mode">The mode of the file, where the system has modes. Until it is complete, only its owner can
    /// read it.</param>
    /// <exception cref="StorageFailedException">The file could not be written; the old one is as before, unless
    /// <c>fsync folder</c> failed.</exception>
    public static void Replace(
        string path,
        ReadOnlySpan<byte> content,
        UnixFileMode mode = DurableFileWriter.DefaultMode) => Writer.Replace(path, content, mode);

    /// <summary>Deletes a file for good.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFailedException">The file could not be deleted.</exception>
    public static void Delete(string path)
    {
        if (Writer.Delete(path))
        {
            Writer.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    /// <summary>Makes a file durable that was written without this class, such as one that is too large for memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public static void Flush(string path) => Writer.SyncFile(path);

    /// <summary>Gives a folder another name in the same parent, at once and for good.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="target">The name, which no file or folder has.</param>
    /// <exception cref="StorageFailedException">The folder could not be renamed.</exception>
    public static void MoveFolder(string source, string target) => Writer.MoveFolder(source, target);

    /// <summary>Creates a folder, and makes every new name on the way durable.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="StorageFailedException">The folder could not be created.</exception>
    public static void EnsureFolder(string folder) => Writer.EnsureFolder(folder);
}
