namespace Terroir.Server.Emergency;

/// <summary>Tells the ledger of accesses in an emergency that ended by time or with an account. That they count no more
/// does not wait for it.</summary>
internal sealed partial class EmergencyWorker(
    EmergencyAccess emergencies,
    TimeProvider timeProvider,
    ILogger<EmergencyWorker> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly RepeatedFault _fault = new();

    /// <summary>Looks once. What fails is logged once, and tried again.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await emergencies.LogEndsAsync(cancellationToken);
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
        timeProvider.RepeatAsync(Interval, LookAsync, stoppingToken);

    [LoggerMessage(
        6301,
        LogLevel.Error,
        "the end of an access in an emergency could not be written to the ledger ({Code}), will retry")]
    private partial void LogFailed(Exception exception, string code);
}
