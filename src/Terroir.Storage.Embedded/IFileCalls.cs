using Microsoft.Win32.SafeHandles;

namespace Terroir.Storage.Embedded;

/// <summary>The system calls under <see cref="DurableFileWriter"/>. Tests put faults in their place.</summary>
/// <remarks>A member that returns a number returns the system's error, 0 for success. The others throw
/// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>, as the base library does.</remarks>
internal interface IFileCalls
{
    /// <summary>Creates a file that does not exist, for writing, readable by its owner alone.</summary>
    SafeFileHandle Create(string path);

    /// <summary>Writes all bytes from the file's start.</summary>
    void Write(SafeFileHandle file, ReadOnlySpan<byte> content);

    /// <summary>Sets the mode of an open file, where the system has modes.</summary>
    void SetMode(SafeFileHandle file, UnixFileMode mode);

    /// <summary>Calls fsync.</summary>
    int Sync(SafeFileHandle file);

    /// <summary>Opens a folder and calls fsync.</summary>
    int SyncFolder(string folder);

    /// <summary>Gives a file a second name, unless that name is taken.</summary>
    int Link(string source, string target);

    /// <summary>Gives a file another name, in the place of whatever had it.</summary>
    void Rename(string source, string target);

    /// <summary>Removes a name. One that is absent in an existing folder is no error.</summary>
    void Delete(string path);
}
