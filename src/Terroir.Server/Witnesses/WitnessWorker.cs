using Microsoft.Extensions.Options;
using Terroir.Audit;

namespace Terroir.Server.Witnesses;

/// <summary>Has the newest checkpoint cosigned, at most once each interval.</summary>
internal sealed partial class WitnessWorker(
    LedgerWitnessing witnessing,
    IOptions<LedgerOptions> options,
    TimeProvider timeProvider,
    ILogger<WitnessWorker> logger) : BackgroundService
{
    private readonly RepeatedFault _fault = new();
    private IReadOnlyList<WitnessView> _last = [];

    /// <summary>Asks once. What fails is logged once, and tried again.</summary>
    internal async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await witnessing.RunAsync(cancellationToken);
            _fault.Forget();
        }
        catch (TerroirException exception)
        {
            if (_fault.IsNew(exception.Code))
            {
                LogStopped(exception, exception.Code);
            }
        }

        var now = witnessing.Views;
        foreach (var (view, index) in now.Select((view, index) => (view, index)))
        {
            if (view.Outcome != (_last.ElementAtOrDefault(index)?.Outcome ?? WitnessOutcome.NotAsked))
            {
                var level = view.Outcome == WitnessOutcome.Cosigned ? LogLevel.Information : LogLevel.Warning;
                LogOutcome(level, view.Name, view.Outcome, view.Status);
            }
        }

        _last = now;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        witnessing.HasWitnesses
            ? timeProvider.RepeatAsync(options.Value.WitnessInterval, AskAsync, stoppingToken)
            : Task.CompletedTask;

    [LoggerMessage(6004, LogLevel.Critical, "the checkpoint could not be witnessed ({Code}), will retry")]
    private partial void LogStopped(Exception exception, string code);

    [LoggerMessage(EventId = 6005, Message = "witness {Witness} is now: {Outcome} (status {Status})")]
    private partial void LogOutcome(LogLevel level, string witness, WitnessOutcome outcome, int status);
}
