using Terroir.Access;

namespace Terroir.Server;

/// <summary>The directory of a site as its file says at each question: who leaves a group reads no more at once.
/// </summary>
internal sealed class DirectoryFile(SiteFolder site) : IDirectory
{
    private readonly Lock _gate = new();
    private (DateTime ModifiedAt, long Length) _stamp;
    private SiteDirectory _directory = SiteDirectory.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryUser> Users => Read().Users;

    /// <inheritdoc/>
    public Asker? Find(string user) => Read().Find(user);

    /// <inheritdoc/>
    public Asker? FindByKey(string key) => Read().FindByKey(key);

    private SiteDirectory Read()
    {
        var file = new FileInfo(site.DirectoryFile);
        if (!file.Exists)
        {
            return SiteDirectory.Empty;
        }

        var stamp = (file.LastWriteTimeUtc, file.Length);
        lock (_gate)
        {
            if (stamp != _stamp)
            {
                _directory = SiteDirectory.Parse(File.ReadAllText(site.DirectoryFile));
                _stamp = stamp;
            }

            return _directory;
        }
    }
}
