namespace Terroir.Sources;

/// <summary>A kind of source: folders, buckets, mailboxes. It says what can be set, checks that, and opens a
/// source.</summary>
/// <remarks>One instance serves all sources of its kind and keeps nothing between calls; safe to call from several
/// threads at once. It holds no secret: settings name where secrets are kept, and <see cref="IConnectorHost"/> reads
/// them. What every connector must do is tested by <c>Terroir.Connectors.Conformance</c>.</remarks>
public interface IConnector
{
    /// <summary>The word for it in configurations, such as <c>s3</c>: characters as in a collection's name.</summary>
    string Kind { get; }

    /// <summary>What can be set, in the order in which it is explained.</summary>
    IReadOnlyList<ConnectorSetting> Settings { get; }

    /// <summary>Where permissions may come from, the default first: <c>source</c> (each item says who reads it),
    /// <c>file</c> (items named <c>permissions.yaml</c> say it, which the engine reads: the listings are then always
    /// complete, and <see cref="ListedItem.Readers"/> counts for nothing). <c>fixed</c> (settings of the source say it)
    /// is possible for every kind, and need not be named.</summary>
    IReadOnlyList<string> PermissionModes => [SourcePermissions.Source];

    /// <summary>Says where a source reads, such as <c>s3://bucket/prefix</c>, for people.</summary>
    /// <param name="settings">Settings without faults.</param>
    /// <returns>A few characters on one line, without secrets.</returns>
    string Describe(SourceSettings settings) => Kind;

    /// <summary>Finds what is wrong with settings, without opening anything.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>The faults; empty if none.</returns>
    IReadOnlyList<SettingFault> Check(SourceSettings settings);

    /// <summary>Tries a source step by step and explains what is wrong: the address, the credentials, the listing, the
    /// permissions. It changes nothing and ends at the first step that makes the next ones pointless.</summary>
    /// <param name="settings">Settings without faults.</param>
    /// <param name="host">What the connector may use.</param>
    /// <param name="cancellationToken">Stops the trial.</param>
    /// <returns>The steps as they are done; at least one.</returns>
    IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken);

    /// <summary>Opens a source for one synchronisation.</summary>
    /// <param name="settings">Settings without faults.</param>
    /// <param name="host">What the connector may use.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The source; dispose it.</returns>
    /// <exception cref="SourceUnavailableException">It cannot be reached or refuses the credentials.</exception>
    Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken);
}
