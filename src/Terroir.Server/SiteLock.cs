namespace Terroir.Server;

/// <summary>Held by the one process that serves a site; the system lets it go when the process ends, however it ends.
/// </summary>
/// <remarks>Commands work beside a server: the metastore decides between them. Two servers would each read the sources
/// and be told apart by nobody.</remarks>
internal sealed class SiteLock : IDisposable
{
    // What the system says of a file that another process holds: Linux, macOS, Windows.
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private SiteLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a site.</summary>
    /// <returns>The lock, or <see langword="null"/> if another process has it.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The site's folder cannot be written.</exception>
    public static SiteLock? TryTake(SiteFolder site)
    {
        try
        {
            return new SiteLock(new FileStream(
                site.LockFile,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is LinuxHeld or MacHeld or WindowsHeld)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
