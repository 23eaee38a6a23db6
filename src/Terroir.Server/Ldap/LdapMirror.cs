using System.DirectoryServices.Protocols;
using System.Globalization;
using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Provenance.Events;

namespace Terroir.Server.Ldap;

/// <summary>Who belongs to the mapped groups of the directory server, as it said last.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class LdapMirror(
    IOptions<LdapOptions> options,
    LdapPassword password,
    EventLog log,
    TimeProvider time) : IDisposable
{
    /// <summary>What for, in the ledger.</summary>
    internal const string Purpose = "directory";

    private const string NoLibrary =
        "the library libldap is not on this machine. Install it, with 'apt install libldap-2.5-0' on Debian 12.";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile LdapReading? _last;

    /// <summary>Whether there is a directory server.</summary>
    public bool IsSet => options.Value.IsSet;

    /// <summary>The last good answer, however old; <see langword="null"/> if there is none.</summary>
    public LdapReading? Last => _last;

    private bool IsCurrent => _last is { } last
        && time.GetUtcNow() - last.At is var age
        && age >= TimeSpan.Zero
        && age <= TimeSpan.FromMinutes(options.Value.MaxAgeMinutes);

    /// <summary>Refuses to decide on anybody whose groups are not known.</summary>
    /// <exception cref="DirectoryServerFailedException">There is a server, and no answer that is young enough.
    /// </exception>
    public void ThrowUnlessCurrent()
    {
        if (IsSet && !IsCurrent)
        {
            throw new DirectoryServerFailedException(_last is null
                ? "it was not read yet."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"it was last read more than {options.Value.MaxAgeMinutes} minutes ago."));
        }
    }

    /// <summary>Asks the server where there is no worker that does: once, if its last answer is not young enough.
    /// </summary>
    /// <exception cref="DirectoryServerFailedException">There is a server, and it does not answer.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        IsSet && !IsCurrent ? RefreshAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Asks the servers one after the other until one answers, and keeps what it says.</summary>
    /// <exception cref="DirectoryServerFailedException">None answers with all that is asked; what was kept stays.
    /// </exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DirectoryServerFailedException? fault = null;
            foreach (var server in options.Value.Servers.Select(LdapServer.TryParse).OfType<LdapServer>())
            {
                try
                {
                    _last = await ReadAsync(server, cancellationToken);
                    return;
                }
                catch (DirectoryServerFailedException exception)
                {
                    fault = exception;
                }
            }

            throw fault ?? new DirectoryServerFailedException("there is no server.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<LdapReading> ReadAsync(LdapServer server, CancellationToken cancellationToken)
    {
        var (secret, at) = (password.Read(options.Value), time.GetUtcNow());
        await log.RecordRowAsync(EventKinds.Sent, actor: null, Purpose, $"{server}\nopened", cancellationToken);

        // The library blocks, so it has a thread of its own; what it asked is not taken back by a stop.
        var (members, detail) = await Task.Run(() => Read(server, secret), cancellationToken);
        await log.NoteAsync(EventKinds.Sent, actor: null, Purpose, $"{server}\nclosed\n{detail}");
        return new LdapReading(members, at);
    }

    private (Dictionary<string, IReadOnlySet<string>> Members, string Detail) Read(LdapServer server, string secret)
    {
        try
        {
            using var session = LdapSession.Open(server, options.Value, secret);
            var members = LdapReader.Read(session, options.Value);
            return (members, string.Create(
                CultureInfo.InvariantCulture,
                $"requests {session.RequestCount}\nentries {session.EntryCount}"));
        }
        catch (Exception exception) when (exception is DllNotFoundException
            or TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new DirectoryServerFailedException(NoLibrary, exception);
        }
        catch (Exception exception) when (exception is DirectoryException or LdapException)
        {
            throw new DirectoryServerFailedException($"{server} answers: {exception.Message}", exception);
        }
    }
}

/// <summary>What a directory server said.</summary>
/// <param name="Members">The ids of users, by the id of a group here.</param>
/// <param name="At">When.</param>
internal sealed record LdapReading(IReadOnlyDictionary<string, IReadOnlySet<string>> Members, DateTimeOffset At);
