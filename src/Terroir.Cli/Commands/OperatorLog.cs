using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Logs what an operator does on the command line. Who they are, the system knows and the site does not.
/// </summary>
internal static class OperatorLog
{
    /// <summary>Logs a verb that changes the site.</summary>
    public static Task RecordAsync(Site site, string verb, CancellationToken cancellationToken) =>
        RecordAsync(site, EventKinds.Administered, subject: null, verb, cancellationToken);

    /// <summary>Logs an event.</summary>
    public static Task RecordAsync(
        Site site,
        string kind,
        string? subject,
        string detail,
        CancellationToken cancellationToken) =>
        site.Services.GetRequiredService<EventLog>().RecordAsync(kind, actor: null, subject, detail, cancellationToken);
}
