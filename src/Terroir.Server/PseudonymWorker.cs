using Terroir.Protection.Vault;

namespace Terroir.Server;

/// <summary>Deletes pseudonyms that are too old to be reversed.</summary>
internal sealed partial class PseudonymWorker(
    PseudonymVault vault,
    TimeProvider timeProvider,
    ILogger<PseudonymWorker> logger) : BackgroundService
{
    /// <summary>How often it sweeps.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Sweeps once. What fails is logged, and tried again the next time.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await vault.SweepAsync(cancellationToken) is > 0 and var count)
            {
                LogSwept(count);
            }
        }
        catch (TerroirException exception)
        {
            LogFailed(exception, exception.Code);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        timeProvider.RepeatAsync(Interval, SweepAsync, stoppingToken);

    [LoggerMessage(2511, LogLevel.Information, "{Count} cases of pseudonyms were too old and are deleted")]
    private partial void LogSwept(int count);

    [LoggerMessage(2512, LogLevel.Warning, "old pseudonyms could not be deleted ({Code}), will try again")]
    private partial void LogFailed(Exception exception, string code);
}
