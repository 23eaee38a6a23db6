using Microsoft.Win32.SafeHandles;
using Terroir.Ingestion.Permissions;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>The folder of a source, held open while it is read, with the permissions of what is in it.</summary>
/// <remarks>Safe to call from several threads at once. Links are never followed below the source's folder, and
/// everything is opened from there down, so that nothing outside can be read through it.</remarks>
internal sealed class SourceTree : IDisposable
{
    private SourceTree(IPermissionReader permissions, FolderHandle root)
    {
        Permissions = permissions;
        Root = root;
    }

    /// <summary>The source's folder.</summary>
    public FolderHandle Root { get; }

    /// <summary>Who may read.</summary>
    public IPermissionReader Permissions { get; }

    /// <summary>Opens the folder of a source.</summary>
    /// <exception cref="SourceUnavailableException">It cannot be opened.</exception>
    public static SourceTree Open(SourceRecord source, IPermissionReader permissions)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Folders are read on Linux only.");
        }

        try
        {
            return new SourceTree(permissions, FolderHandle.OpenRoot(source.Location));
        }
        catch (SystemCallException exception)
        {
            throw new SourceUnavailableException(source.Id, source.Location, exception);
        }
    }

    /// <summary>Opens a file, with the permissions that it has now.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The file, or <see langword="null"/> if it is gone, or is no file any more.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public OpenedFile? OpenFile(string path)
    {
        try
        {
            return OpenFrom(Root, SourcePath.Decode(path), path);
        }
        catch (SystemCallException exception)
            when (exception.Error is SystemCalls.NotFound or SystemCalls.NotFolder or SystemCalls.Link)
        {
            return null;
        }
    }

    public void Dispose() => Root.Dispose();

    private OpenedFile? OpenFrom(FolderHandle root, IReadOnlyList<byte[]> names, string path)
    {
        var folder = root;
        var permission = Permissions.Enter(above: null, root, "");
        var folderPath = "";
        try
        {
            foreach (var name in names.SkipLast(1))
            {
                var next = folder.OpenFolder(name);
                Close(folder);
                folder = next;
                folderPath = SourcePath.Join(folderPath, name.AsSpan()[..^1], isFolder: true);
                permission = Permissions.Enter(permission, folder, folderPath);
            }

            return Open(folder, names[^1], permission, path);
        }
        finally
        {
            Close(folder);
        }
    }

    private static OpenedFile? Open(FolderHandle folder, byte[] name, IFolderPermission permission, string path)
    {
        // A pipe or device is not opened, and what is exchanged for one meanwhile neither blocks nor is read.
        if (folder.StatusOf(name) is not { Kind: FileKind.File })
        {
            return null;
        }

        var file = folder.OpenFile(name);
        try
        {
            var status = SystemCalls.ReadStatus(file);
            if (status.Kind == FileKind.File)
            {
                return new OpenedFile(file, status, permission.Of(folder, name, status, path));
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    private void Close(FolderHandle folder)
    {
        if (!ReferenceEquals(folder, Root))
        {
            folder.Dispose();
        }
    }
}

/// <summary>A file that is open for reading.</summary>
/// <param name="Handle">The file; dispose it.</param>
/// <param name="Status">Its status when it was opened.</param>
/// <param name="Permission">Its permission then.</param>
internal sealed record OpenedFile(SafeFileHandle Handle, FileStatus Status, ItemReaders Permission) : IDisposable
{
    public void Dispose() => Handle.Dispose();
}
