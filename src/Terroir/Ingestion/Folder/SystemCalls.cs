using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Terroir.Ingestion.Folder;

/// <summary>The calls of Linux that the base library has no equal of: relative to an open folder, on names as bytes.
/// </summary>
/// <remarks>Relative calls cannot be led astray by a folder that somebody exchanges for a link meanwhile.</remarks>
internal static unsafe partial class SystemCalls
{
    public const int NotFound = 2;
    public const int NoProcess = 3;
    public const int TooManyFilesOfSystem = 23;
    public const int TooManyFiles = 24;
    public const int NotFolder = 20;
    public const int TooSmall = 34;
    public const int Link = 40;
    public const int NoAttribute = 61;
    public const int NotSupported = 95;

    private const int NonBlocking = 0x800;
    private const int NoTerminal = 0x100;
    private const int CloseOnExec = 0x80000;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7FF;
    private const int StatusSize = 256;
    private const int NameOffset = 19;

    // These two have other numbers on some processors.
    private static readonly bool IsArm =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Ppc64le;

    private static readonly int FolderOnly = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoLink = IsArm ? 0x8000 : 0x20000;

    /// <summary>Opens the folder of a source; the path may go through links.</summary>
    /// <exception cref="SystemCallException">The folder cannot be opened.</exception>
    public static SafeFileHandle OpenRoot(ReadOnlySpan<byte> path) =>
        Check(OpenAt(CurrentFolder, path, FolderOnly | CloseOnExec), "open");

    /// <summary>Opens a folder in a folder; a link is refused.</summary>
    /// <exception cref="SystemCallException">It cannot be opened.</exception>
    public static SafeFileHandle OpenFolder(SafeFileHandle folder, ReadOnlySpan<byte> name) =>
        Check(OpenAt(folder, name, FolderOnly | NoLink | CloseOnExec), "open");

    /// <summary>Opens a file in a folder for reading; a link is refused, and a pipe does not block.</summary>
    /// <exception cref="SystemCallException">It cannot be opened.</exception>
    public static SafeFileHandle OpenFile(SafeFileHandle folder, ReadOnlySpan<byte> name) =>
        Check(OpenAt(folder, name, NonBlocking | NoTerminal | NoLink | CloseOnExec), "open");

    /// <summary>Reads the status of what has a name in a folder, of a link its own.</summary>
    /// <returns>The status, or <see langword="null"/> if nothing has that name.</returns>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public static FileStatus? ReadStatus(SafeFileHandle folder, ReadOnlySpan<byte> name)
    {
        Span<byte> status = stackalloc byte[StatusSize];
        if (ReadStatus(folder, name, NoFollow, BasicStatus, status) == 0)
        {
            return FileStatus.Parse(status);
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NotFound ? null : throw new SystemCallException("statx", error);
    }

    /// <summary>Reads the status of an open file or folder.</summary>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public static FileStatus ReadStatus(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatusSize];
        return ReadStatus(file, [0], EmptyPath, BasicStatus, status) == 0
            ? FileStatus.Parse(status)
            : throw new SystemCallException("statx", Marshal.GetLastPInvokeError());
    }

    /// <summary>Lists the names in a folder, in the order of the file system.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="error">What ended the listing before its end; 0 if nothing did.</param>
    /// <returns>The names, each with a zero at its end; <c>.</c> and <c>..</c> are left out.</returns>
    public static IReadOnlyList<byte[]> ListNames(SafeFileHandle folder, out int error)
    {
        var names = new List<byte[]>();
        var descriptor = OpenAt(folder, ".\0"u8, FolderOnly | CloseOnExec);
        var stream = descriptor < 0 ? 0 : OpenStream(descriptor);
        error = stream == 0 ? Marshal.GetLastPInvokeError() : 0;
        if (stream == 0)
        {
            return names;
        }

        nint entry;
        while ((entry = ReadEntry(stream)) != 0)
        {
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameOffset);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add([.. name, 0]);
            }
        }

        error = Marshal.GetLastPInvokeError();
        _ = CloseStream(stream);
        return names;
    }

    /// <summary>Reads an extended attribute of an open file or folder.</summary>
    /// <returns>Its bytes, or <see langword="null"/> if there is none or the file system has none.</returns>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public static byte[]? ReadAttribute(SafeFileHandle file, ReadOnlySpan<byte> attribute)
    {
        Span<byte> value = stackalloc byte[4096];
        var size = ReadAttribute(file, attribute, value, value.Length);
        if (size < 0 && Marshal.GetLastPInvokeError() == TooSmall)
        {
            // No attribute is larger than 64 KiB.
            value = new byte[65_536];
            size = ReadAttribute(file, attribute, value, value.Length);
        }

        return Take(value, size);
    }

    /// <summary>Reads an extended attribute of what has a name in a folder, of a link its own.</summary>
    /// <returns>Its bytes, or <see langword="null"/> if there is none or the file system has none.</returns>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public static byte[]? ReadAttribute(SafeFileHandle folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attribute)
    {
        // There is no call relative to a folder before Linux 6.13; the link of the descriptor makes this one so.
        byte[] path = [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{folder.DangerousGetHandle()}/"), .. name];
        Span<byte> value = stackalloc byte[4096];
        var size = ReadAttributeAt(path, attribute, value, value.Length);
        if (size < 0 && Marshal.GetLastPInvokeError() == TooSmall)
        {
            value = new byte[65_536];
            size = ReadAttributeAt(path, attribute, value, value.Length);
        }

        GC.KeepAlive(folder);
        return Take(value, size);
    }

    /// <summary>Writes a name as these calls take it: with a zero at its end.</summary>
    public static byte[] ToName(string name) => [.. Encoding.UTF8.GetBytes(name), 0];

    private static byte[]? Take(ReadOnlySpan<byte> value, nint size)
    {
        if (size >= 0)
        {
            return value[..(int)size].ToArray();
        }

        var error = Marshal.GetLastPInvokeError();
        return error is NoAttribute or NotSupported ? null : throw new SystemCallException("getxattr", error);
    }

    private static SafeFileHandle Check(int descriptor, string call) => descriptor >= 0
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : throw new SystemCallException(call, Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int folder, ReadOnlySpan<byte> name, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(SafeFileHandle folder, ReadOnlySpan<byte> name, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int ReadStatus(
        SafeFileHandle folder,
        ReadOnlySpan<byte> name,
        int flags,
        uint mask,
        Span<byte> status);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenStream(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial nint ReadEntry(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir", SetLastError = true)]
    private static partial int CloseStream(nint stream);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    private static partial nint ReadAttribute(
        SafeFileHandle file,
        ReadOnlySpan<byte> attribute,
        Span<byte> value,
        nint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", SetLastError = true)]
    private static partial nint ReadAttributeAt(
        ReadOnlySpan<byte> path,
        ReadOnlySpan<byte> attribute,
        Span<byte> value,
        nint size);
}

/// <summary>A call of the system failed.</summary>
internal sealed class SystemCallException(string call, int error)
    : IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}")
{
    /// <summary>The system's error number.</summary>
    public int Error { get; } = error;

    /// <summary>Whether the process has no descriptor left, so that no file is at fault.</summary>
    public bool IsExhaustion => Error is SystemCalls.TooManyFiles or SystemCalls.TooManyFilesOfSystem;
}
