using Terroir.Answers.Conversations;

namespace Terroir.Server;

/// <summary>Deletes the conversations of everybody that are too old, also of people who come no more.</summary>
internal sealed partial class ConversationWorker(
    IConversationMaintenance conversations,
    TimeProvider timeProvider,
    ILogger<ConversationWorker> logger) : BackgroundService
{
    /// <summary>How often it sweeps.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Sweeps once. What fails is logged, and tried again the next time.</summary>
    internal void Sweep(CancellationToken cancellationToken)
    {
        try
        {
            if (conversations.Sweep(cancellationToken) is > 0 and var count)
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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => timeProvider.RepeatAsync(
        Interval,
        stop =>
        {
            Sweep(stop);
            return Task.CompletedTask;
        },
        stoppingToken);

    [LoggerMessage(2501, LogLevel.Information, "{Count} turns of conversations were too old and are deleted")]
    private partial void LogSwept(int count);

    [LoggerMessage(2502, LogLevel.Warning, "old conversations could not be deleted ({Code}), will try again")]
    private partial void LogFailed(Exception exception, string code);
}
