using System.Globalization;
using Terroir.Audit;
using Terroir.Provenance.Events;

namespace Terroir.Ingestion.Sync;

/// <summary>Logs each synchronisation after it ended; its commits have logged what they changed.</summary>
internal sealed class LoggedSynchronizer(ISynchronizer inner, EventLog log) : ISynchronizer
{
    public async Task<SyncReport> SyncAsync(
        string source,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var report = await SyncAsync();
        if (!report.IsDryRun && HasChanges(report))
        {
            await log.RecordAsync(EventKinds.SourceSynced, actor: null, source, Describe(report), cancellationToken);
        }

        return report;

        async Task<SyncReport> SyncAsync()
        {
            try
            {
                return await inner.SyncAsync(source, options, progress, cancellationToken);
            }
            catch (TerroirException exception) when (!options.IsDryRun && IsFailure(exception))
            {
                await log.TryRecordAsync(EventKinds.SourceFailed, actor: null, source, exception.Code);
                throw;
            }
        }
    }

    // That it is at work already, or is none, is no failure of the source.
    private static bool IsFailure(TerroirException exception) =>
        exception is not (LeaseHeldException or SourceUnknownException);

    private static string Describe(SyncReport report)
    {
        (int Count, string What)[] counts =
        [
            (report.AddedCount, "added"),
            (report.ChangedCount, "changed"),
            (report.MovedCount, "moved"),
            (report.RemovedCount, "removed"),
            (report.StampedCount, "with other permissions"),
            (report.QuarantinedCount, "in quarantine"),
        ];
        var parts = counts.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Count} {item.What}"));
        return $"{report.Source}: {string.Join(", ", parts)}";
    }

    private static bool HasChanges(SyncReport report) =>
        report.AddedCount + report.ChangedCount + report.MovedCount + report.RemovedCount + report.StampedCount
        + report.QuarantinedCount > 0;
}
