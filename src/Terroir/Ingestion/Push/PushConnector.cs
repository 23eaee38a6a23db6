using System.Runtime.CompilerServices;
using Terroir.Sources;

namespace Terroir.Ingestion.Push;

/// <summary>A source that programs put documents into: there is nothing to look into, so a synchronisation finds no
/// change.</summary>
internal sealed class PushConnector : IConnector
{
    /// <summary>The kind.</summary>
    public const string KindName = "push";

    public string Kind => KindName;

    public IReadOnlyList<ConnectorSetting> Settings => [];

    public IReadOnlyList<SettingFault> Check(SourceSettings settings) => [];

    public async IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new ConnectionStep(
            "the source waits for documents",
            IsPassed: true,
            "Programs put them by the HTTP API; their key needs 'push' in directory.yaml.");
    }

    public Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken) => Task.FromResult<ISourceConnection>(new NothingToRead());

    private sealed class NothingToRead : ISourceConnection
    {
        public Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken) =>
            Task.FromResult(new SourceListing { Items = [], IsComplete = false, Cursor = cursor });

        public ValueTask<FetchedItem> FetchAsync(
            ListedItem item,
            long sizeMaxBytes,
            CancellationToken cancellationToken) =>
            ValueTask.FromResult(new FetchedItem(FetchVerdict.Gone, item, ReadOnlyMemory<byte>.Empty));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
