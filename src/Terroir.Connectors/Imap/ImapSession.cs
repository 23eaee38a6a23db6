using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>A connection to a mail server on which a user is signed in. One call at a time.</summary>
internal sealed class ImapSession : IDisposable
{
    private readonly ImapClient _client = new() { CheckCertificateRevocation = false };

    private ImapSession()
    {
    }

    /// <summary>Whether it can still be used.</summary>
    public bool IsOpen => _client is { IsConnected: true, IsAuthenticated: true };

    /// <summary>Whether the server tells what changed since an earlier state (RFC 7162, QRESYNC).</summary>
    public bool TellsChanges { get; private set; }

    /// <summary>Has the server tell what is gone from the open folder; until then a server may still give mails that
    /// others took away (RFC 3501, 7.4.1).</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public Task RefreshAsync(CancellationToken cancellationToken) => _client.NoOpAsync(cancellationToken);

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="SourceFaultException">It cannot, with what to do.</exception>
    /// <exception cref="SourceUnavailableException">There is no such secret.</exception>
    public static async Task<ImapSession> OpenAsync(
        ImapSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken)
    {
        var session = new ImapSession();
        try
        {
            await session.GreetAsync(settings, host, cancellationToken);
            await session.SignInAsync(settings, host, cancellationToken);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Finds the folders that can be opened, by their paths.</summary>
    public async Task<SortedDictionary<string, IMailFolder>> FindFoldersAsync(CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, IMailFolder>(StringComparer.Ordinal);
        IEnumerable<FolderNamespace> spaces =
            [.. _client.PersonalNamespaces, .. _client.OtherNamespaces, .. _client.SharedNamespaces];
        foreach (var space in spaces)
        {
            var folders = await _client.GetFoldersAsync(
                space,
                StatusItems.None,
                subscribedOnly: false,
                cancellationToken);
            foreach (var folder in folders.Where(CanOpen))
            {
                found[ImapPath.OfFolder(folder.FullName, folder.DirectorySeparator)] = folder;
            }
        }

        if (CanOpen(_client.Inbox))
        {
            found.TryAdd(ImapPath.OfFolder(_client.Inbox.FullName, _client.Inbox.DirectorySeparator), _client.Inbox);
        }

        return found;
    }

    public void Dispose() => _client.Dispose();

    private static bool CanOpen(IMailFolder folder) =>
        (folder.Attributes & (FolderAttributes.NonExistent | FolderAttributes.NoSelect)) == FolderAttributes.None;

    private async Task GreetAsync(ImapSettings settings, IConnectorHost host, CancellationToken cancellationToken)
    {
        var trust = ServerTrust.Load(settings.Host, settings.AuthorityFile);
        _client.ServerCertificateValidationCallback = trust.Check;
        var stream = await Reach.OpenAsync(host, settings.Host, settings.Port, cancellationToken);
        if (settings.IsSecured)
        {
            stream = await trust.SecureAsync(stream, cancellationToken);
        }

        var options = settings.IsUpgraded ? SecureSocketOptions.StartTls : SecureSocketOptions.None;
        try
        {
            await _client.ConnectAsync(stream, settings.Host, settings.Port, options, cancellationToken);
        }
        catch (SslHandshakeException exception)
        {
            throw new SourceFaultException(trust.Explain(), exception);
        }
        catch (NotSupportedException exception)
        {
            throw new SourceFaultException(
                "The server offers no STARTTLS on this port. Write 'security: tls'.",
                exception);
        }
        catch (Exception exception) when (exception is ImapProtocolException or IOException or ImapCommandException)
        {
            throw new SourceFaultException(
                $"What answers on port {settings.Port} does not speak IMAP. Check 'port' and 'security'.",
                exception)
            {
                IsTransient = exception is IOException,
            };
        }
    }

    private async Task SignInAsync(ImapSettings settings, IConnectorHost host, CancellationToken cancellationToken)
    {
        var password = host.ReadSecret(settings.Password);
        try
        {
            await _client.AuthenticateAsync(settings.User, password, cancellationToken);
            if (_client.Capabilities.HasFlag(ImapCapabilities.QuickResync))
            {
                await _client.EnableQuickResyncAsync(cancellationToken);
                TellsChanges = true;
            }
        }
        catch (AuthenticationException exception)
        {
            throw new SourceFaultException(
                "The server refuses the user or the password. Check both; where two factors are asked, an app password "
                + "is wanted.",
                exception);
        }
        catch (NotSupportedException exception)
        {
            throw new SourceFaultException(
                "The server takes no password on this connection. Write 'security: tls', or let the server take one.",
                exception);
        }
        catch (Exception exception) when (exception is ImapProtocolException or IOException or ImapCommandException)
        {
            throw new SourceFaultException("The server ended the connection while the user signed in.", exception)
            {
                IsTransient = true,
            };
        }
    }
}
