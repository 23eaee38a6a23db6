using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Terroir.Storage.Embedded;

/// <summary>Writes files so that they survive a crash, and says so only when they do.</summary>
/// <param name="calls">The system.</param>
/// <param name="store">Who writes, for errors.</param>
internal sealed class DurableFileWriter(IFileCalls calls, string store)
{
    /// <summary>The owner writes; a group may read for backups; nobody else sees documents or keys.</summary>
    internal const UnixFileMode DefaultMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const UnixFileMode FolderMode = DefaultMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
    private const int NotPermitted = 1;
    private const int BadDescriptor = 9;
    private const int AccessDenied = 13;
    private const int AlreadyExists = 17;
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;

    /// <summary>Creates a file unless its name is taken; the bytes are durable before the name exists.</summary>
    /// <param name="path">The final name, in a folder of <see cref="EnsureFolder"/>.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="scratch">A name for the unfinished file on the same file system; it does not exist.</param>
    /// <returns>Whether it was created; <see langword="false"/> if the name was taken, and then it is
    /// durable.</returns>
    /// <exception cref="StorageFailedException">The file could not be written.</exception>
    public bool Create(string path, ReadOnlySpan<byte> content, string scratch)
    {
        Write(scratch, content, DefaultMode);
        var error = calls.Link(scratch, path);
        TryDelete(scratch);
        if (error is not 0 and not AlreadyExists)
        {
            throw FileFailure.Of(store, "link", error);
        }

        // Also when another writer was first: it may not have reached its own fsync of the folder yet.
        SyncFolder(Path.GetDirectoryName(path)!);
        return error == 0;
    }

    /// <summary>Replaces a small file at once: readers see the old bytes or the new ones.</summary>
    /// <exception cref="StorageFailedException">The file could not be written.</exception>
    public void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        path = Path.GetFullPath(path);
        EnsureFolder(Path.GetDirectoryName(path)!);
        ReplaceIn(path, content, mode);
    }

    /// <summary>Replaces a small file in a folder that is durable already.</summary>
    /// <exception cref="StorageFailedException">The file could not be written.</exception>
    public void ReplaceIn(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var scratch = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        Write(scratch, content, mode);
        try
        {
            calls.Rename(scratch, path);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            TryDelete(scratch);
            throw FileFailure.Of(store, "rename", exception);
        }

        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a file durable that was written without this class.</summary>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public void SyncFile(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            Sync(file);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(store, "open", exception);
        }

        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Gives a folder another name in the same parent, at once; no other file or folder has it.</summary>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public void MoveFolder(string source, string target)
    {
        try
        {
            Directory.Move(source, target);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(store, "rename", exception);
        }

        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
    }

    /// <summary>Removes names. They are gone for good after <see cref="SyncFolder"/>.</summary>
    /// <returns>Whether the file's folder exists.</returns>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public bool Delete(string path)
    {
        try
        {
            calls.Delete(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(store, "delete", exception);
        }
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public void SyncFolder(string folder)
    {
        // A file system that cannot sync folders answers EINVAL or EBADF; it orders names by itself or not at all.
        if (calls.SyncFolder(folder) is not (0 or InvalidArgument or BadDescriptor) and var error)
        {
            throw FileFailure.OfSync(store, "fsync folder", error);
        }
    }

    /// <summary>Creates a folder, and makes every new name on the way durable.</summary>
    /// <exception cref="StorageFailedException">The system reported an error.</exception>
    public void EnsureFolder(string folder)
    {
        folder = Path.GetFullPath(folder);
        var parent = Path.GetDirectoryName(folder);
        if (Directory.Exists(folder))
        {
            SyncParentOfFound(parent);
            return;
        }

        if (parent is not null)
        {
            EnsureFolder(parent);
        }

        try
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(folder)
                : Directory.CreateDirectory(folder, FolderMode);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of(store, "create folder", exception);
        }

        if (parent is not null)
        {
            SyncFolder(parent);
        }
    }

    // Another process may have made the folder and not have reached its own fsync of the parent. A parent that may
    // not be read, or is on a file system that is not written, was made by somebody else long ago.
    private void SyncParentOfFound(string? parent)
    {
        var error = parent is null ? 0 : calls.SyncFolder(parent);
        if (error is not (0 or NotPermitted or BadDescriptor or AccessDenied or InvalidArgument or ReadOnlyFileSystem))
        {
            throw FileFailure.OfSync(store, "fsync folder", error);
        }
    }

    private void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        try
        {
            using var file = calls.Create(path);
            calls.Write(file, content);
            calls.SetMode(file, mode);
            Sync(file);
        }
        catch (StorageFailedException)
        {
            TryDelete(path);
            throw;
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            TryDelete(path);
            throw FileFailure.Of(store, "write", exception);
        }
    }

    private void Sync(SafeFileHandle file)
    {
        if (calls.Sync(file) is not 0 and var error)
        {
            throw FileFailure.OfSync(store, "fsync", error);
        }
    }

    // A leftover harms nobody, and a sweep removes it; the first failure is the one to report.
    private void TryDelete(string path)
    {
        try
        {
            calls.Delete(path);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            // Left for the sweep.
        }
    }
}
