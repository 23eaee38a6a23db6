using System.Text;
using Terroir.Access;

namespace Terroir.Server;

/// <summary>The directory of a site as its file says at each question: who leaves a group reads no more at once.
/// </summary>
internal sealed class DirectoryFile(SiteFolder site) : IDirectory
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    private readonly Lock _gate = new();
    private byte[] _content = [];
    private SiteDirectory _directory = SiteDirectory.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryUser> Users => Read().Users;

    /// <inheritdoc/>
    public IReadOnlyList<string> Unknown => Read().Unknown;

    /// <inheritdoc/>
    public bool Knows(string principal) => Read().Knows(principal);

    /// <inheritdoc/>
    public string? FindBySid(string sid) => Read().FindBySid(sid);

    /// <inheritdoc/>
    public Asker? Find(string user) => Read().Find(user);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindChain(string user, string principal) => Read().FindChain(user, principal);

    /// <inheritdoc/>
    public Asker? FindByKey(string key) => Read().FindByKey(key);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindPushSources(string key) => Read().FindPushSources(key);

    private SiteDirectory Read()
    {
        // Its bytes, not its time and length: a change within a tick of the clock, or a file that was copied with its
        // time, must not leave somebody in a group for as long as the process lives.
        byte[] content;
        try
        {
            content = File.ReadAllBytes(site.DirectoryFile);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return SiteDirectory.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryInvalidException("it cannot be opened.");
        }

        lock (_gate)
        {
            if (!content.AsSpan().SequenceEqual(_content))
            {
                _directory = SiteDirectory.Parse(Decode(content));
                _content = content;
            }

            return _directory;
        }
    }

    private static string Decode(byte[] content)
    {
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw new DirectoryInvalidException("it is not UTF-8.");
        }
    }
}
