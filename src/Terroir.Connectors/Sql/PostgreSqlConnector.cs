using System.Runtime.CompilerServices;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Queries of PostgreSQL databases: a row is a document.</summary>
public sealed class PostgreSqlConnector : IConnector
{
    /// <inheritdoc/>
    public string Kind => "postgresql";

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorSetting> Settings { get; } = [.. PostgreSqlSettings.Own, .. SqlSettings.All];

    /// <inheritdoc/>
    public string Describe(SourceSettings settings) => PostgreSqlSettings.From(settings).Location;

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(SourceSettings settings)
    {
        var rules = new SettingRules(settings, Settings);
        PostgreSqlSettings.Check(settings, rules);
        SqlSettings.Check(settings, rules);
        return rules.Faults;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = PostgreSqlSettings.From(settings);
        await using var source = Make(settings, host);
        TrialStep[] steps =
        [
            new("the server answers", async token =>
            {
                await using var stream = await Reach.OpenAsync(host, own.Host, own.Port, token);
                return $"{own.Host} on port {own.Port}.";
            }),
            .. own.IsSecured
                ? [new TrialStep("the certificate is believed", async token =>
                {
                    await using var stream = await PostgreSqlStream.OpenAsync(own, host, token);
                    return "It is.";
                })]
                : Array.Empty<TrialStep>(),
            .. SqlTrial.Steps(source),
        ];
        await foreach (var step in Trial.RunAsync(steps, cancellationToken))
        {
            yield return step;
        }
    }

    /// <inheritdoc/>
    public async Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken) => await Make(settings, host).StartedAsync(cancellationToken);

    private static SqlSource Make(SourceSettings settings, IConnectorHost host)
    {
        var query = SqlSettings.From(settings);
        return new SqlSource(
            settings.Source,
            new PostgreSqlDatabase(PostgreSqlSettings.From(settings), query.Timeout, host),
            query,
            host.Clock);
    }
}
