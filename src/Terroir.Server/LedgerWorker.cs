using Terroir.Audit;
using Terroir.Server.Callers;

namespace Terroir.Server;

/// <summary>Brings events that commits wrote into tiles, so that no checkpoint is more than a second behind.</summary>
internal sealed partial class LedgerWorker(
    ILedger ledger,
    EventLog events,
    RefusedKeys refused,
    SettingsWatch settings,
    TimeProvider timeProvider,
    ILogger<LedgerWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly RepeatedFault _fault = new();

    /// <summary>Flushes once. What fails is logged once, and tried again.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await refused.NoteAsync();
            await settings.LookAsync(cancellationToken);
            await events.WriteNotedAsync(cancellationToken);
            await ledger.FlushAsync(cancellationToken);
            _fault.Forget();
        }
        catch (TerroirException exception)
        {
            if (_fault.IsNew(exception.Code))
            {
                LogFailed(exception, exception.Code);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        timeProvider.RepeatAsync(Interval, FlushAsync, stoppingToken);

    [LoggerMessage(6003, LogLevel.Critical, "the ledger could not be written ({Code}), will retry")]
    private partial void LogFailed(Exception exception, string code);
}
