using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Lineage.Runs;
using Terroir.Provenance.Receipts;

namespace Terroir.Server.Lineage;

/// <summary>Writes the events of what the ledger got, and sends them where the operator wants. It reads what is durable
/// already, so nobody waits for it, and what it did not come to it does at the next start.</summary>
internal sealed partial class LineageWorker : BackgroundService
{
    private readonly RunReader _reader;
    private readonly RunEvents _events;
    private readonly RunEventFiles _files;
    private readonly RunEventSender? _sender;
    private readonly LineageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LineageWorker> _logger;
    private readonly RepeatedFault _fault = new();

    private long? _next;

    public LineageWorker(
        RunReader reader,
        SiteFolder site,
        LedgerIdentity identity,
        ReceiptSoftware software,
        IOptions<LineageOptions> options,
        EventLog log,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
    {
        _reader = reader;
        _events = new RunEvents(identity.Site, software.Version);
        _files = new RunEventFiles(site.LineageFolder);
        (_options, _time, _logger) = (options.Value, timeProvider, loggers.CreateLogger<LineageWorker>());
        _sender = _options.Endpoint.Length == 0 ? null : new RunEventSender(
            LineageConnection.Open(_options.Gate, log),
            new Uri(_options.Endpoint),
            _files,
            site.LineageFolder,
            timeProvider,
            loggers.CreateLogger<RunEventSender>());
    }

    /// <summary>Writes and sends once. What fails is logged once, and tried again.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
            if (_sender is not null)
            {
                await _sender.SendAsync(cancellationToken);
            }

            _fault.Forget();
        }
        catch (Exception exception) when (exception is TerroirException or IOException or UnauthorizedAccessException)
        {
            // The files say where to go on.
            _next = null;
            var code = (exception as TerroirException)?.Code ?? exception.GetType().Name;
            if (_fault.IsNew(code))
            {
                LogFailed(exception, code);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _options.Events ? _time.RepeatAsync(_options.Interval, RunAsync, stoppingToken) : Task.CompletedTask;

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var from = _next ??= await _files.OpenAsync(cancellationToken);
        while (true)
        {
            var (runs, next) = await _reader.ReadAsync(from, cancellationToken);
            if (runs.Count > 0)
            {
                var lines = runs.SelectMany(_events.Write).ToList();
                await _files.AppendAsync(runs[0].Place, lines, cancellationToken);
            }

            _next = next;
            if (next == from)
            {
                return;
            }

            from = next;
        }
    }

    [LoggerMessage(6100, LogLevel.Error, "events of lineage could not be written ({Code}), will retry")]
    private partial void LogFailed(Exception exception, string code);
}
