using MailKit;
using MailKit.Net.Imap;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>Tries a mailbox, step by step.</summary>
internal sealed class ImapTrial(ImapSettings settings, IConnectorHost host) : IDisposable
{
    private ImapSession? _session;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<TrialStep> Steps =>
    [
        new("the server answers", ConnectAsync),
        .. settings.IsSecured ? [new TrialStep("the certificate is believed", SecureAsync)] : Array.Empty<TrialStep>(),
        new("the user can sign in", SignInAsync),
        new("the folders are there", ListAsync),
    ];

    public void Dispose() => _session?.Dispose();

    private async Task<string> ConnectAsync(CancellationToken cancellationToken)
    {
        await using var stream = await Reach.OpenAsync(host, settings.Host, settings.Port, cancellationToken);
        return $"{settings.Host} on port {settings.Port}.";
    }

    private async Task<string> SecureAsync(CancellationToken cancellationToken)
    {
        var stream = await Reach.OpenAsync(host, settings.Host, settings.Port, cancellationToken);
        var trust = ServerTrust.Load(settings.Host, settings.AuthorityFile);
        await using var secured = await trust.SecureAsync(stream, cancellationToken);
        return "It is.";
    }

    private async Task<string> SignInAsync(CancellationToken cancellationToken)
    {
        _session = await ImapSession.OpenAsync(settings, host, cancellationToken);
        return _session.TellsChanges
            ? "The user can, and the server tells what changed."
            : "The user can; the server does not tell what changed, so that all is listed each time.";
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var folders = await _session!.FindFoldersAsync(cancellationToken);
            var chosen = ImapConnection.Choose(settings, folders.Keys).ToArray();
            if (chosen.Length == 0)
            {
                throw new SourceFaultException(ImapConnection.NoFolder(folders.Keys));
            }

            var count = 0L;
            foreach (var path in chosen)
            {
                await folders[path].OpenAsync(FolderAccess.ReadOnly, cancellationToken);
                count += folders[path].Count;
            }

            return $"{chosen.Length} of {folders.Count} folders are read; {count} mails are in them.";
        }
        catch (Exception exception) when (exception is ImapCommandException or ImapProtocolException or IOException
            or FolderNotFoundException)
        {
            throw new SourceFaultException(
                "A folder cannot be opened. Let the user read it on the server, or leave it out with 'without'.",
                exception);
        }
    }
}
