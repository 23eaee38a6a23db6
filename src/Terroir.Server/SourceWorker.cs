using Microsoft.Extensions.Options;
using Terroir.Ingestion;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>Reads all sources again at a fixed interval.</summary>
internal sealed partial class SourceWorker(
    ISynchronizer synchronizer,
    IMetastore metastore,
    IOptions<ServerOptions> options,
    TimeProvider timeProvider,
    ILogger<SourceWorker> logger) : BackgroundService
{
    /// <summary>So many sources are read at once: one that takes hours does not keep the others waiting.</summary>
    internal const int SourcesAtOnceMax = 4;

    /// <summary>Reads every source once, but those that are paused, and those that failed and are not tried again yet.
    /// One that fails is logged. One that is held deletes nothing until a person confirms; it is looked at all the
    /// same, since its files may be back and revocations hold.</summary>
    internal async Task SyncAllAsync(CancellationToken cancellationToken)
    {
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        await Parallel.ForEachAsync(
            sources.Where(source =>
                source.PausedAt is null && !(source.Failure?.RetryAt > timeProvider.GetUtcNow())),
            new ParallelOptions { MaxDegreeOfParallelism = SourcesAtOnceMax, CancellationToken = cancellationToken },
            async (source, stop) => await SyncAsync(source, stop));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SyncInterval <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.SyncInterval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SyncAllAsync(stoppingToken);
        }
    }

    private async Task SyncAsync(SourceRecord source, CancellationToken cancellationToken)
    {
        try
        {
            _ = await synchronizer.SyncAsync(source.Id, new SyncOptions(), progress: null, cancellationToken);
        }
        catch (TerroirException exception)
        {
            LogSyncFailed(exception, source.Id, exception.Code);
        }
    }

    [LoggerMessage(6002, LogLevel.Warning, "source {Source} could not be read ({Code}), will retry")]
    private partial void LogSyncFailed(Exception exception, string source, string code);
}
