using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Terroir.Ingestion.Folder;

/// <summary>An open folder, and what is in it. Names are bytes with a zero at their end.</summary>
internal sealed class FolderHandle : IDisposable
{
    private static readonly byte[] AclName = [.. "system.posix_acl_access"u8, 0];

    private readonly SafeFileHandle _handle;

    private FolderHandle(SafeFileHandle handle)
    {
        _handle = handle;
        Status = SystemCalls.ReadStatus(handle);
    }

    /// <summary>The folder's status when it was opened.</summary>
    public FileStatus Status { get; }

    /// <summary>Opens the folder of a source.</summary>
    /// <exception cref="SystemCallException">It cannot be opened.</exception>
    public static FolderHandle OpenRoot(string location) =>
        Own(SystemCalls.OpenRoot(Encoding.UTF8.GetBytes(location + '\0')));

    /// <summary>Opens a folder in this one.</summary>
    /// <exception cref="SystemCallException">It cannot be opened, or is no folder.</exception>
    public FolderHandle OpenFolder(ReadOnlySpan<byte> name) => Own(SystemCalls.OpenFolder(_handle, name));

    /// <summary>Opens a file in this folder, for reading.</summary>
    /// <exception cref="SystemCallException">It cannot be opened.</exception>
    public SafeFileHandle OpenFile(ReadOnlySpan<byte> name) => SystemCalls.OpenFile(_handle, name);

    /// <summary>Reads the status of what has a name here.</summary>
    /// <returns>The status, or <see langword="null"/> if nothing has that name.</returns>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public FileStatus? StatusOf(ReadOnlySpan<byte> name) => SystemCalls.ReadStatus(_handle, name);

    /// <summary>Lists the names.</summary>
    /// <param name="error">What ended the listing before its end; 0 if nothing did.</param>
    public IReadOnlyList<byte[]> ListNames(out int error) => SystemCalls.ListNames(_handle, out error);

    /// <summary>Reads the access control list of the folder itself; <see langword="null"/> if it has none.</summary>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public byte[]? ReadAcl() => ReadAttribute(AclName);

    /// <summary>Reads the access control list of a file in it; <see langword="null"/> if it has none.</summary>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public byte[]? ReadAcl(ReadOnlySpan<byte> name) => ReadAttribute(name, AclName);

    /// <summary>Reads an extended attribute of the folder itself; <see langword="null"/> if it has none.</summary>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public byte[]? ReadAttribute(byte[] attribute) => SystemCalls.ReadAttribute(_handle, attribute);

    /// <summary>Reads an extended attribute of a file in it; <see langword="null"/> if it has none.</summary>
    /// <exception cref="SystemCallException">It cannot be read.</exception>
    public byte[]? ReadAttribute(ReadOnlySpan<byte> name, byte[] attribute) =>
        SystemCalls.ReadAttribute(_handle, name, attribute);

    public void Dispose() => _handle.Dispose();

    private static FolderHandle Own(SafeFileHandle handle)
    {
        try
        {
            return new FolderHandle(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
