using System.ComponentModel;

namespace Terroir.Storage.Embedded;

/// <summary>Turns what the system reports into <see cref="StorageFailedException"/>.</summary>
internal static class FileFailure
{
    // Numbers of Linux. These are lack of room or of a right: the disk is sound, and the call can succeed later.
    // Everything else, such as EIO, says that it is not.
    private static readonly HashSet<int> TransientErrors =
    [
        1, // EPERM
        2, // ENOENT
        4, // EINTR
        11, // EAGAIN
        12, // ENOMEM
        13, // EACCES
        16, // EBUSY
        23, // ENFILE
        24, // EMFILE
        28, // ENOSPC
        122, // EDQUOT
    ];

    /// <summary>Whether the base library raised it for a failed call on a file.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>A failed call that threw. The base library keeps the system's number in <c>HResult</c>.</summary>
    public static StorageFailedException Of(string store, string action, Exception exception) => new(
        store,
        action,
        exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException
            || TransientErrors.Contains(exception.HResult),
        exception);

    /// <summary>A failed call that returned an error.</summary>
    public static StorageFailedException Of(string store, string action, int error) =>
        new(store, action, TransientErrors.Contains(error), new Win32Exception(error));

    /// <summary>A failed fsync: the pages may be gone, whatever the error was, and a second call would succeed.
    /// </summary>
    public static StorageFailedException OfSync(string store, string action, int error) =>
        new(store, action, isTransient: false, new Win32Exception(error));
}
