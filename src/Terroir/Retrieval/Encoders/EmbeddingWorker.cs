using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terroir.Catalog;

namespace Terroir.Retrieval.Encoders;

/// <summary>Embeds what is new in each collection for as long as the host runs.</summary>
internal sealed partial class EmbeddingWorker(
    ICatalog catalog,
    IPassageEmbedding embedding,
    TimeProvider timeProvider,
    ILogger<EmbeddingWorker> logger) : BackgroundService
{
    /// <summary>How often the heads are looked at.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How long a collection that failed is left alone.</summary>
    internal static readonly TimeSpan FailureDelay = TimeSpan.FromMinutes(1);

    private readonly Dictionary<CollectionId, DateTimeOffset> _retryAt = [];

    // Collections that have nothing to embed at a generation are not looked at again before the next.
    private readonly Dictionary<CollectionId, long> _done = [];

    /// <summary>Embeds in every collection that has changed. One that fails is logged, and tried again by the next
    /// call.</summary>
    internal async Task RunDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
            {
                if (_done.GetValueOrDefault(head.Collection, -1) != head.Generation
                    && timeProvider.GetUtcNow() >= _retryAt.GetValueOrDefault(head.Collection))
                {
                    await RunAsync(head.Collection, head.Generation, cancellationToken);
                }
            }
        }
        catch (StorageFailedException exception)
        {
            LogStoreFailed(exception);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host must not wait for the first passages before it listens.
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, timeProvider);
        do
        {
            await RunDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(CollectionId collection, long generation, CancellationToken cancellationToken)
    {
        try
        {
            var state = await embedding.RunAsync(collection, progress: null, cancellationToken);
            if (state is { UnreadableCount: > 0 })
            {
                LogUnreadable(state.UnreadableCount, collection.Value);
            }

            // A generation that came meanwhile, its own among them, is looked at once more.
            _done[collection] = generation;
        }
        catch (TerroirException exception) when (exception is not StorageFailedException)
        {
            _retryAt[collection] = timeProvider.GetUtcNow() + FailureDelay;
            LogFailed(exception, collection.Value, exception.Code);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "passages of {Collection} could not be embedded ({Code}), will try again")]
    private partial void LogFailed(Exception exception, string collection, string code);

    [LoggerMessage(2002, LogLevel.Warning, "{Count} documents of {Collection} are damaged and have no vectors")]
    private partial void LogUnreadable(int count, string collection);

    [LoggerMessage(2003, LogLevel.Warning, "the collections could not be read, will try again")]
    private partial void LogStoreFailed(Exception exception);
}
