using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Terroir.Storage.Embedded;

/// <summary>Writes files so that they survive a crash, and says so only when they do.</summary>
/// <remarks>The base library ignores a failed fsync on Linux, so the system is called directly. A failed fsync is
/// never tried again: the pages may be gone. Safe to call from several threads and processes at once.</remarks>
public static partial class DurableFile
{
    private const int OpenDirectory = 0x10000;
    private const int NoSpace = 28;
    private const int AlreadyExists = 17;
    private const int QuotaExceeded = 122;

    /// <summary>Creates a file unless its name is taken; the bytes are durable before the name exists.</summary>
    /// <param name="path">The final name, on the same file system as <paramref name="scratch"/>.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="scratch">A name for the unfinished file; it does not exist.</param>
    /// <returns>Whether it was created; <see langword="false"/> if the name was taken, and then it is
    /// durable.</returns>
    /// <exception cref="StorageFailedException">The file could not be written.</exception>
    public static bool Create(string path, ReadOnlySpan<byte> content, string scratch)
    {
        var folder = Path.GetDirectoryName(path)!;
        EnsureFolder(folder);
        WriteAndSync(scratch, content);
        var isCreated = Link(scratch, path) == 0;
        var error = isCreated ? 0 : Marshal.GetLastPInvokeError();
        File.Delete(scratch);
        if (!isCreated && error != AlreadyExists)
        {
            throw Failed("link", error);
        }

        // Also when another writer was first: it may not have reached its own fsync of the folder yet.
        SyncFolder(folder);
        return isCreated;
    }

    /// <summary>Replaces a small file at once: readers see the old bytes or the new ones.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The new bytes.</param>
    /// <param name="mode">The mode of the file, where the system has modes.</param>
    /// <exception cref="StorageFailedException">The file could not be written; the old one is as before.</exception>
    public static void Replace(
        string path,
        ReadOnlySpan<byte> content,
        UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        EnsureFolder(folder);
        var scratch = path + ".new";
        File.Delete(scratch);
        WriteAndSync(scratch, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(scratch, mode);
        }

        File.Move(scratch, path, overwrite: true);
        SyncFolder(folder);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, OpenDirectory);
        if (descriptor < 0)
        {
            throw Failed("open folder", Marshal.GetLastPInvokeError());
        }

        var result = Fsync(descriptor);
        var error = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw Failed("fsync folder", error);
        }
    }

    /// <summary>Creates a folder, and makes every new name on the way durable.</summary>
    /// <param name="folder">The folder.</param>
    public static void EnsureFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (parent is not null)
        {
            EnsureFolder(parent);
        }

        Directory.CreateDirectory(folder);
        if (parent is not null)
        {
            SyncFolder(parent);
        }
    }

    private static void WriteAndSync(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            RandomAccess.Write(handle, content, 0);
            if (!OperatingSystem.IsWindows() && Fsync((int)handle.DangerousGetHandle()) != 0)
            {
                throw Failed("fsync", Marshal.GetLastPInvokeError());
            }
        }
        catch (IOException exception)
        {
            File.Delete(path);
            throw new StorageFailedException("object store", "write", isTransient: true, exception);
        }
        catch (StorageFailedException)
        {
            File.Delete(path);
            throw;
        }
    }

    private static StorageFailedException Failed(string action, int error) => new(
        "object store",
        action,
        isTransient: error is NoSpace or QuotaExceeded,
        new Win32Exception(error));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);
}
