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
    /// <summary>Reads every source once, but those that are paused, and those that failed and are not tried again yet.
    /// One that fails is logged. One that is held deletes nothing until a person confirms; it is looked at all the
    /// same, since its files may be back and revocations hold.</summary>
    internal async Task SyncAllAsync(CancellationToken cancellationToken)
    {
        foreach (var source in await metastore.Sources.ListSourcesAsync(cancellationToken))
        {
            if (source.PausedAt is not null || source.Failure?.RetryAt > timeProvider.GetUtcNow())
            {
                continue;
            }

            try
            {
                _ = await synchronizer.SyncAsync(source.Id, new SyncOptions(), progress: null, cancellationToken);
            }
            catch (TerroirException exception)
            {
                LogSyncFailed(exception, source.Id, exception.Code);
            }
        }
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

    [LoggerMessage(6002, LogLevel.Warning, "source {Source} could not be read ({Code}), will retry")]
    private partial void LogSyncFailed(Exception exception, string source, string code);
}
