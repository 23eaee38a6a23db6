using System.Runtime.CompilerServices;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>Folders of a WebDAV server: Nextcloud, Apache.</summary>
/// <remarks>RFC 4918; changes by RFC 6578 where the server tells them.</remarks>
public sealed class WebDavConnector : IConnector
{
    /// <inheritdoc/>
    public string Kind => "webdav";

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorSetting> Settings => WebDavSettings.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> PermissionModes { get; } = [SourcePermissions.File];

    /// <inheritdoc/>
    public string Describe(SourceSettings settings) => WebDavSettings.From(settings).Root.AbsoluteUri;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(SourceSettings settings) => WebDavSettings.Check(settings);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var trial = new WebDavTrial(WebDavSettings.From(settings), host);
        await foreach (var step in Trial.RunAsync(trial.Steps, cancellationToken))
        {
            yield return step;
        }
    }

    /// <inheritdoc/>
    public Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken)
    {
        var values = WebDavSettings.From(settings);
        try
        {
            return Task.FromResult<ISourceConnection>(new WebDavConnection(values, new WebDavClient(values, host)));
        }
        catch (SourceFaultException fault)
        {
            throw fault.For(settings.Source, values.Root.AbsoluteUri);
        }
    }
}
