using Microsoft.Extensions.Options;

namespace Terroir.Server.Ldap;

/// <summary>Asks the directory server again and again who belongs to the mapped groups.</summary>
internal sealed partial class LdapWorker(
    LdapMirror mirror,
    IOptions<LdapOptions> options,
    TimeProvider timeProvider,
    ILogger<LdapWorker> logger) : BackgroundService
{
    /// <summary>Asks once. What fails is logged, and tried again the next time.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await mirror.RefreshAsync(cancellationToken);
        }
        catch (TerroirException exception)
        {
            LogFailed(exception.Code, exception.Message);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => mirror.IsSet
        ? timeProvider.RepeatAsync(TimeSpan.FromMinutes(options.Value.RefreshMinutes), RefreshAsync, stoppingToken)
        : Task.CompletedTask;

    [LoggerMessage(6301, LogLevel.Warning, "the directory server was not read ({Code}), will try again: {Detail}")]
    private partial void LogFailed(string code, string detail);
}
