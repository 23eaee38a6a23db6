using System.Text;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Server.Emergency;
using Terroir.Server.Ldap;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>The directory of a site as its file and its identity store say at each question: who leaves a group reads
/// no more at once.</summary>
/// <param name="site">The site.</param>
/// <param name="store">Its identity store.</param>
/// <param name="emergencies">Who may open access in an emergency.</param>
/// <param name="time">The clock.</param>
/// <param name="mirror">The groups of a directory server; <see langword="null"/> for none.</param>
internal sealed class DirectoryFile(
    SiteFolder site,
    IIdentityStore store,
    IOptions<EmergencyOptions> emergencies,
    TimeProvider time,
    LdapMirror? mirror = null) : IDirectory
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    private readonly Lock _gate = new();
    private byte[] _content = [];
    private SiteDirectory? _directory;
    private long _revision;
    private LdapReading? _reading;
    private DateTimeOffset _readAt;

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryUser> Users => Read().Users;

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryGroup> Groups => Read().Groups;

    /// <inheritdoc/>
    public IReadOnlyList<string> Unknown => Read().Unknown;

    /// <inheritdoc/>
    public bool Knows(string principal) => Read().Knows(principal);

    /// <inheritdoc/>
    public string? FindBySid(string sid) => Read().FindBySid(sid);

    /// <inheritdoc/>
    public Asker? Find(string user) => Now(ReadCurrent().Find(user));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindChain(string user, string principal) =>
        ReadCurrent().FindChain(user, principal);

    /// <inheritdoc/>
    public Asker? Find(string user, IReadOnlyCollection<string> groups) =>
        Now(ReadCurrent().Find(user, groups));

    /// <inheritdoc/>
    public DirectoryKey? FindKey(ContentHash hash) => Read().FindKey(hash);

    private Asker? Now(Asker? asker) => asker is null ? null : asker with { At = time.GetUtcNow() };

    // Nobody is told apart from others by groups that are not known.
    private SiteDirectory ReadCurrent()
    {
        mirror?.ThrowUnlessCurrent();
        return Read();
    }

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
            content = [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryInvalidException("it cannot be opened.");
        }

        var revision = store.ReadRevision();
        var (now, reading) = (time.GetUtcNow(), mirror?.Last);
        lock (_gate)
        {
            if (_directory is null || revision != _revision || !ReferenceEquals(reading, _reading)
                || now < _readAt || now >= _directory.EndsAt || !content.AsSpan().SequenceEqual(_content))
            {
                var records = store.Read();
                _directory = SiteDirectory.Parse(
                    Decode(content),
                    records,
                    emergencies.Value.Emergency,
                    now,
                    reading?.Members);
                (_content, _revision, _reading, _readAt) = (content, records.Revision, reading, now);
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
