using System.Runtime.CompilerServices;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>Mailboxes by IMAP: each mail of the chosen folders is an item, as it was sent.</summary>
/// <remarks>RFC 3501; changes by RFC 7162 (QRESYNC) where the server tells them. Nothing is marked as seen.</remarks>
public sealed class ImapConnector : IConnector
{
    /// <inheritdoc/>
    public string Kind => "imap";

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorSetting> Settings => ImapSettings.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> PermissionModes { get; } = [SourcePermissions.Fixed];

    /// <inheritdoc/>
    public string Describe(SourceSettings settings) => ImapSettings.From(settings).Location;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(SourceSettings settings) => ImapSettings.Check(settings);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var trial = new ImapTrial(ImapSettings.From(settings), host);
        await foreach (var step in Trial.RunAsync(trial.Steps, cancellationToken))
        {
            yield return step;
        }
    }

    /// <inheritdoc/>
    public async Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken)
    {
        var connection = new ImapConnection(ImapSettings.From(settings), host);
        try
        {
            await connection.StartAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
