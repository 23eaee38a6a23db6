using Terroir.Protection;
using Terroir.Provenance.Erasures;
using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>Erases what the rules of the site end, and lets go of keys that another process destroyed.</summary>
internal sealed partial class RetentionWorker(
    RetentionSchedule schedule,
    Eraser eraser,
    IKeyRing keys,
    TimeProvider timeProvider,
    ILogger<RetentionWorker> logger) : BackgroundService
{
    /// <summary>How many documents one erasure of the worker takes: it rewrites what held them.</summary>
    internal const int CountMax = 500;

    /// <summary>How often it is looked for ended retentions.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>How often the ring is looked at.</summary>
    internal static readonly TimeSpan KeyInterval = TimeSpan.FromMinutes(1);

    // The worker has neither a backup at hand nor somebody who takes the new master key into safety.
    private static readonly IReadOnlyList<string> Unreached =
    [
        Reach.Paper, Reach.Sources, Reach.OtherSites, Reach.HandedOut, Reach.FreeSpace, Reach.Memory,
        Reach.OtherBackups,
    ];

    /// <summary>Erases what is due, and goes on with what it began before.</summary>
    internal async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var order in await eraser.ListPendingAsync(cancellationToken))
        {
            if (order.Basis is ErasureBasis.Retention)
            {
                count += await RunAsync(order, cancellationToken);
            }
        }

        if (schedule.Erases
            && await schedule.ListDueAsync(CountMax, cancellationToken) is { Count: > 0 } due)
        {
            var request = new ErasureRequest(due, "retention", ErasureBasis.Retention);
            count += await RunAsync(await eraser.OrderAsync(request, cancellationToken), cancellationToken);
        }

        return count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(KeyInterval, timeProvider);
        var last = timeProvider.GetTimestamp() - (long)(Interval.TotalSeconds * timeProvider.TimestampFrequency);
        do
        {
            try
            {
                // Reads the ring again: what another process destroyed is forgotten here too.
                _ = keys.List();
                if (timeProvider.GetElapsedTime(last) >= Interval)
                {
                    last = timeProvider.GetTimestamp();
                    await RunDueAsync(stoppingToken);
                }
            }
            catch (TerroirException exception)
            {
                LogFailed(exception, exception.Code);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> RunAsync(ErasureOrder order, CancellationToken cancellationToken)
    {
        var outcome = await eraser.RunAsync(order, [], Unreached, deliverAsync: null, cancellationToken);
        if (outcome.Certificate is null)
        {
            LogResidue(outcome.Residue.Found.Count);
        }

        return order.Documents.Count;
    }

    [LoggerMessage(7001, LogLevel.Warning, "the rules of retention could not be applied ({Code}), will try again")]
    private partial void LogFailed(Exception exception, string code);

    [LoggerMessage(7002, LogLevel.Warning, "an erasure left {Count} remains, will try again")]
    private partial void LogResidue(int count);
}
