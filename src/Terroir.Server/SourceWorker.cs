using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Terroir.Ingestion;
using Terroir.Storage;

#pragma warning disable VSTHRD003 // Every task that is awaited here was started here, on the pool.

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

    private readonly SemaphoreSlim _places = new(SourcesAtOnceMax, SourcesAtOnceMax);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Ends when no source is being read.</summary>
    internal Task Running => Task.WhenAll(_running.Values);

    /// <summary>Begins to read every source that is not still being read, but those that are paused, and those that
    /// failed and are not tried again yet: one that takes hours does not keep the others waiting until it ends.
    /// </summary>
    /// <remarks>A source that fails is logged. One that is held deletes nothing until a person confirms; it is looked
    /// at all the same, since its files may be back and revocations hold.</remarks>
    internal async Task StartAllAsync(CancellationToken cancellationToken)
    {
        foreach (var ended in _running.Where(entry => entry.Value.IsCompleted).ToArray())
        {
            _running.TryRemove(ended);
            await ended.Value;
        }

        foreach (var source in await metastore.Sources.ListSourcesAsync(cancellationToken))
        {
            if (source.PausedAt is null
                && !(source.Failure?.RetryAt > timeProvider.GetUtcNow())
                && !_running.ContainsKey(source.Id))
            {
                _running[source.Id] = Task.Run(() => SyncAsync(source, cancellationToken), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SyncInterval <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.SyncInterval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await StartAllAsync(stoppingToken);
            }
        }
        finally
        {
            await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SyncAsync(SourceRecord source, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            _ = await synchronizer.SyncAsync(source.Id, new SyncOptions(), progress: null, cancellationToken);
        }
        catch (TerroirException exception)
        {
            LogSyncFailed(exception, source.Id, exception.Code);
        }
        finally
        {
            _places.Release();
        }
    }

    [LoggerMessage(6002, LogLevel.Warning, "source {Source} could not be read ({Code}), will retry")]
    private partial void LogSyncFailed(Exception exception, string source, string code);
}
