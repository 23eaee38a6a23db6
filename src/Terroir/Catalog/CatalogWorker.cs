using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Terroir.Catalog;

/// <summary>Runs the catalogue's jobs for as long as the host runs.</summary>
internal sealed partial class CatalogWorker(
    ICatalogJobs jobs,
    TimeProvider timeProvider,
    ILogger<CatalogWorker> logger) : BackgroundService
{
    /// <summary>How often the table is looked at while nothing is due.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Runs everything that is due. A store that fails is logged, and the next step tries again.</summary>
    internal async Task RunDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            await jobs.ScheduleAsync(cancellationToken);
            while (await jobs.RunNextAsync(cancellationToken))
            {
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
        // The host must not wait for the first job before it listens.
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, timeProvider);
        do
        {
            await RunDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1505, LogLevel.Warning, "the catalogue's jobs could not be read, will try again")]
    private partial void LogStoreFailed(Exception exception);
}
