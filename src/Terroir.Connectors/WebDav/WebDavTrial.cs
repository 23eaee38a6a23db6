using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>Tries a WebDAV source, step by step.</summary>
internal sealed class WebDavTrial(WebDavSettings settings, IConnectorHost host) : IDisposable
{
    private WebDavClient? _client;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<TrialStep> Steps =>
    [
        new("the settings can be read", PrepareAsync),
        new("the server answers", ConnectAsync),
        .. settings.Root.Scheme is "https"
            ? [new TrialStep("the certificate is believed", SecureAsync)]
            : Array.Empty<TrialStep>(),
        new("the folder is there and the user may read it", FindAsync),
        new("the folder can be listed", ListAsync),
    ];

    public void Dispose() => _client?.Dispose();

    private Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _client = new WebDavClient(settings, host);
        return Task.FromResult(settings.User is null ? "No user is set." : "The password is there.");
    }

    private async Task<string> ConnectAsync(CancellationToken cancellationToken)
    {
        await using var stream = await Reach.OpenAsync(
            host,
            settings.Root.IdnHost,
            settings.Root.Port,
            cancellationToken);
        return $"{settings.Root.IdnHost} on port {settings.Root.Port}.";
    }

    private async Task<string> SecureAsync(CancellationToken cancellationToken)
    {
        var stream = await Reach.OpenAsync(host, settings.Root.IdnHost, settings.Root.Port, cancellationToken);
        var trust = ServerTrust.Load(settings.Root.IdnHost, settings.AuthorityFile);
        await using var secured = await trust.SecureAsync(stream, cancellationToken);
        return "It is.";
    }

    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        var (status, answer) = await _client!.FindAsync(settings.Root, isDeep: false, cancellationToken);
        if (answer is null)
        {
            throw _client.Explain(status);
        }

        new WebDavAddress(settings.Root).RequireRoot(answer.Resources);
        return answer.Resources switch
        {
            [{ IsFolder: true } root] => root.SyncToken is null
                ? "It is; the server tells no changes, so that all is listed each time."
                : "It is, and the server tells what changed.",
            _ => throw new SourceFaultException("The address is a file. Set 'url' to the folder that it is in."),
        };
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var (status, answer) = await _client!.FindAsync(settings.Root, isDeep: true, cancellationToken);
        if (answer is null)
        {
            throw _client.Explain(status);
        }

        var folders = answer.Resources.Count(resource => resource.IsFolder);
        return $"{answer.Resources.Count - folders} files and {Math.Max(folders - 1, 0)} folders in it.";
    }
}
