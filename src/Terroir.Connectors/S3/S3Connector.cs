using System.Runtime.CompilerServices;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>Buckets of Amazon and of servers that speak its interface: Ceph, MinIO, Garage.</summary>
public sealed class S3Connector : IConnector
{
    /// <inheritdoc/>
    public string Kind => "s3";

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorSetting> Settings => S3Settings.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> PermissionModes { get; } = [SourcePermissions.File];

    /// <inheritdoc/>
    public string Describe(SourceSettings settings) => S3Settings.From(settings).Location;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(SourceSettings settings) => S3Settings.Check(settings);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var trial = new S3Trial(S3Settings.From(settings), host);
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
        var values = S3Settings.From(settings);
        try
        {
            return Task.FromResult<ISourceConnection>(new S3Connection(values, host, S3Client.Open(values, host)));
        }
        catch (SourceFaultException fault)
        {
            throw fault.For(settings.Source, values.Location);
        }
    }
}
