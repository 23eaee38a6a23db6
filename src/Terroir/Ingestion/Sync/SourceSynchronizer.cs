using System.Collections.Concurrent;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Ingestion.Turns;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Compares a source with what is remembered of it and commits the difference.</summary>
/// <remarks>Safe to call from several threads at once: sources of one collection commit in turns, and each source is
/// synchronised once at a time.</remarks>
internal sealed class SourceSynchronizer(
    ICatalog catalog,
    IMetastore metastore,
    ReadingTurns readers,
    IDirectory directory,
    SourceOpener opener,
    TimeProvider timeProvider,
    QualityReader quality) : ISynchronizer
{
    /// <summary>A source is listed completely at least so often, whatever its cursor says: a change that it did not
    /// tell must not stay unseen.</summary>
    internal static readonly TimeSpan CompleteListingAge = TimeSpan.FromDays(7);

    /// <summary>After so long a synchronisation lists its source anew before it reads on.</summary>
    internal static readonly TimeSpan RoundDurationMax = TimeSpan.FromMinutes(10);

    /// <summary>How often a synchronisation begins anew after its lease was lost. What it committed stays.</summary>
    internal const int LostLeaseCountMax = 3;

    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    public async Task<SyncReport> SyncAsync(
        string source,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!_running.TryAdd(source, value: true))
        {
            throw new LeaseHeldException($"source/{source}");
        }

        try
        {
            return await SyncOnceAsync(source, options, progress, cancellationToken);
        }
        finally
        {
            _running.TryRemove(source, out _);
        }
    }

    private async Task<SyncReport> SyncOnceAsync(
        string source,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var record = await FindAsync(source, cancellationToken) ?? throw new SourceUnknownException(source);
        if (record.PausedAt is not null)
        {
            return Paused(record);
        }

        try
        {
            return options.IsDryRun
                ? await RehearseAsync(record, options, cancellationToken)
                : await SyncInRoundsAsync(record, options, progress, cancellationToken);
        }
        catch (SourceUnavailableException exception) when (!options.IsDryRun)
        {
            await SaveAsync(record, latest => SourceBackoff.Fail(latest, exception, timeProvider.GetUtcNow()));
            throw;
        }
    }

    private static SyncReport Paused(SourceRecord record) => new()
    {
        Source = record.Id,
        HeldReason = $"It is paused. To go on: 'terroir source resume {record.Id}'.",
    };

    private async Task<SyncReport> RehearseAsync(
        SourceRecord record,
        SyncOptions options,
        CancellationToken cancellationToken)
    {
        await using var source = await opener.OpenAsync(record, cancellationToken);
        var gate = await quality.OpenGateAsync(record, cancellationToken);
        var (content, plan) = await ListAsync(record, source, options, gate, cancellationToken);
        var erased = await catalog.ReadErasedAsync(cancellationToken);
        return await new SyncRehearsal(record, NewReading(record, source, options, gate, erased), timeProvider)
            .RunAsync(content, plan, FindProblems(content), cancellationToken);
    }

    // What there is to do is found out anew when reading takes long, so that a permission which is taken away meanwhile
    // does not wait for it; and when the lease was lost, since another process may have written. A machine that slept,
    // or a disk that stalled for a minute, costs the lease and not the run.
    private async Task<SyncReport> SyncInRoundsAsync(
        SourceRecord record,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var rounds = new SyncRounds();
        while (true)
        {
            try
            {
                if (await SyncAsync(record, options, progress, rounds, cancellationToken) is { } report)
                {
                    return report;
                }
            }
            catch (LeaseLostException) when (rounds.LostLeaseCount < LostLeaseCountMax)
            {
                rounds.LostLeaseCount++;
            }

            record = await FindAsync(record.Id, cancellationToken) ?? throw new SourceUnknownException(record.Id);
        }
    }

    // Returns null when there is more to do.
    private async Task<SyncReport?> SyncAsync(
        SourceRecord record,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        SyncRounds rounds,
        CancellationToken cancellationToken)
    {
        await using var source = await opener.OpenAsync(record, cancellationToken);
        var gate = await quality.OpenGateAsync(record, cancellationToken);
        if (await CommitAsync(record, source, options, gate, progress, rounds, cancellationToken) is not { } done)
        {
            return null;
        }

        if (!done.IsPaused)
        {
            // All documents of the collection are judged for it: no writer has to wait for that.
            await quality.RecordAsync(record, done.Content, done.HasChanged, cancellationToken);
        }

        var problems = FindProblems(done.Content);
        var report = SyncReporting.Describe(record, done.Content, done.Plan, problems, done.Generation);
        return done.IsPaused ? report with { HeldReason = Paused(record).HeldReason } : report;
    }

    // What the lease of the collection is held for; null when there is more to do.
    private async Task<CommittedSync?> CommitAsync(
        SourceRecord record,
        ISourceReading source,
        SyncOptions options,
        QualityGate gate,
        IProgress<SyncProgress>? progress,
        SyncRounds rounds,
        CancellationToken cancellationToken)
    {
        await using var writer = await catalog.JoinWriterAsync(record.Collection, cancellationToken);
        var (content, plan) = await ListAsync(record, source, options, gate, cancellationToken);
        rounds.Begin(plan.Tally, writer.Head.Generation);

        // Revocations and removals go first: they are never later than new content.
        await writer.CommitAsync(plan.First, cancellationToken);
        var batches = new BatchedReading(
            writer,
            plan,
            NewReading(record, source, options, gate, await catalog.ReadErasedAsync(cancellationToken)),
            rounds,
            timeProvider,
            progress,
            () => IsPausedAsync(record))
        {
            // What is tried again although it did not change would be tried again in each round.
            DurationMax = options.RetryQuarantined ? Timeout.InfiniteTimeSpan : RoundDurationMax,
        };
        var end = plan.HeldReason is null ? await batches.RunAsync(cancellationToken) : ReadingEnd.Done;
        var isPaused = end is ReadingEnd.Paused;
        while (plan.HeldReason is null && !isPaused && await writer.MergeAsync(cancellationToken))
        {
        }

        if (end is ReadingEnd.TimeIsUp)
        {
            return null;
        }

        if (!isPaused)
        {
            await SaveAsync(record, latest => Finish(latest, content, plan));
        }

        var hasChanged = writer.Head.Generation != rounds.Generation || plan.Tally.QuarantinedCount > 0;
        return new CommittedSync(content, plan, writer.Head.Generation, hasChanged, isPaused);
    }

    private FileReading NewReading(
        SourceRecord record,
        ISourceReading source,
        SyncOptions options,
        QualityGate gate,
        ErasedDocuments erased)
    {
        var turn = readers.For(record.Collection, options.Priority);
        var moved = new MovedDocuments(catalog, record);
        return new FileReading(record, source, turn, moved, gate, ReadLimits.Default, turn)
        {
            Erased = erased,
        };
    }

    private async Task<(SourceContent Content, SyncPlan Plan)> ListAsync(
        SourceRecord record,
        ISourceReading source,
        SyncOptions options,
        QualityGate gate,
        CancellationToken cancellationToken)
    {
        var items = await metastore.Sources.ListItemsAsync(record.Id, cancellationToken);
        var state = await catalog.ReadStateAsync(record.Collection, since: 0, cancellationToken);
        var before = new SyncState(
            items,
            [
                .. state!.Documents.Select(row => row.Document)
                    .Where(document => string.Equals(document.Source, record.Id, StringComparison.Ordinal)),
            ]);
        var cursor = gate.ChangedItsMind(before) ? null : CursorFor(record, items, options);
        var content = Without(
            await catalog.ReadErasedAsync(cancellationToken),
            record,
            await source.ListAsync(cursor, cancellationToken));
        return (content, SyncPlan.Make(record, content, before, options, gate, timeProvider.GetUtcNow()));
    }

    // What was erased is neither read nor remembered again, whatever its source makes of it.
    private static SourceContent Without(ErasedDocuments erased, SourceRecord record, SourceContent content) =>
        erased == ErasedDocuments.None
            ? content
            : content with
            {
                Items =
                [
                    .. content.Items.Where(item => !erased.Has(
                        record.Collection,
                        DocumentId.For(record.Collection, $"{record.Id}:{item.Path}"))),
                ],
            };

    // What was left over the last time is not among what changed since: then everything is listed again.
    private string? CursorFor(SourceRecord record, IReadOnlyList<SourceItem> items, SyncOptions options) =>
        options.RetryQuarantined
        || timeProvider.GetUtcNow() - record.ListedAt >= CompleteListingAge
        || items.Any(item => item is { Quarantine: not null, Fingerprint: "" })
            ? null
            : record.Cursor;

    // The cursor moves only when everything up to there is committed.
    private SourceRecord Finish(SourceRecord latest, SourceContent content, SyncPlan plan)
    {
        var now = timeProvider.GetUtcNow();
        var isHeld = plan.HeldReason is not null;
        return latest with
        {
            HeldReason = plan.HeldReason,
            SyncedAt = isHeld ? latest.SyncedAt : now,
            Cursor = isHeld || content.Unread.Count > 0 ? latest.Cursor : content.Cursor,
            ListedAt = isHeld || !content.IsComplete ? latest.ListedAt : now,
            Failure = null,
        };
    }

    // The record may have been paused or removed meanwhile. What was done stands, so a stop does not undo it.
    private async Task SaveAsync(SourceRecord record, Func<SourceRecord, SourceRecord> change)
    {
        if (await FindAsync(record.Id, CancellationToken.None) is { } latest)
        {
            await metastore.Sources.SaveSourceAsync(change(latest), CancellationToken.None);
        }
    }

    private async Task<bool> IsPausedAsync(SourceRecord record) =>
        await FindAsync(record.Id, CancellationToken.None) is not { PausedAt: null };

    private Task<SourceRecord?> FindAsync(string source, CancellationToken cancellationToken) =>
        metastore.Sources.FindSourceAsync(source, cancellationToken);

    private IReadOnlyList<SourceProblem> FindProblems(SourceContent content) =>
        [.. SyncReporting.FindProblems(content), .. FindUnknown(content)];

    // A name that the directory does not know is probably a slip, and may be one that is added tomorrow.
    private IReadOnlyList<SourceProblem> FindUnknown(SourceContent content)
    {
        try
        {
            return
            [
                .. content.Mentions.Where(mention => !directory.Knows(mention.Principal)).Select(mention =>
                    new SourceProblem(
                        mention.Path,
                        mention.Line,
                        IsWarning: true,
                        $"'{mention.Principal}' is not in directory.yaml: mend the name, or add it there.")),
            ];
        }
        catch (DirectoryInvalidException)
        {
            // Nobody can ask then, and 'terroir doctor' says why.
            return [];
        }
    }

    private sealed record CommittedSync(
        SourceContent Content,
        SyncPlan Plan,
        long Generation,
        bool HasChanged,
        bool IsPaused);
}
