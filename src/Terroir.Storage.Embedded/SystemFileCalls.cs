using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Terroir.Storage.Embedded;

/// <summary>The real system calls. The base library ignores a failed fsync on Linux, so that one is called directly.
/// </summary>
internal sealed partial class SystemFileCalls : IFileCalls
{
    private const int ReadOnly = 0;

    public static SystemFileCalls Instance { get; } = new();

    public SafeFileHandle Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options).SafeFileHandle;
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> content) => RandomAccess.Write(file, content, 0);

    public void SetMode(SafeFileHandle file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    public int Sync(SafeFileHandle file) =>
        OperatingSystem.IsWindows() || Fsync(file) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public int SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return 0;
        }

        // No O_DIRECTORY: its number differs between processors, and fsync of a file would do no harm.
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        var error = Fsync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        return error;
    }

    public int Link(string source, string target) =>
        CreateLink(source, target) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public void Rename(string source, string target) => File.Move(source, target, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateLink(string source, string target);
}
