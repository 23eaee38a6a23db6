using System.Runtime.CompilerServices;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Queries of SQLite files: a row is a document.</summary>
public sealed class SqliteConnector : IConnector
{
    private const string FileName = "file";

    /// <inheritdoc/>
    public string Kind => "sqlite";

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorSetting> Settings { get; } =
    [
        new(FileName, "The SQLite file, by its absolute path.", "/srv/qualite/procedures.db") { IsRequired = true },
        .. SqlSettings.All,
    ];

    /// <inheritdoc/>
    public string Describe(SourceSettings settings) => $"sqlite:{settings.Find(FileName)}";

    /// <inheritdoc/>
    public IReadOnlyList<SettingFault> Check(SourceSettings settings)
    {
        var rules = new SettingRules(settings, Settings);
        rules.RequirePath(FileName);
        SqlSettings.Check(settings, rules);
        return rules.Faults;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = Make(settings, host);
        await foreach (var step in Trial.RunAsync([.. SqlTrial.Steps(source)], cancellationToken))
        {
            yield return step;
        }
    }

    /// <inheritdoc/>
    public async Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken) => await Make(settings, host).StartedAsync(cancellationToken);

    private static SqlSource Make(SourceSettings settings, IConnectorHost host) => new(
        settings.Source,
        new SqliteDatabase(settings.Get(FileName)),
        SqlSettings.From(settings),
        host.Clock);
}
