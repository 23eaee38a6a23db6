using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Turns changes, merges and repackings into generations under one lease.</summary>
internal sealed class CollectionWriter : ICollectionWriter
{
    /// <summary>How long the lease lasts without a sign of the writer: longer than a disk stalls that others keep busy.
    /// The lease of a process that has ended need not be waited for.</summary>
    internal static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);

    /// <summary>How often a change is built anew because the head or the collector was in its way.</summary>
    internal const int AttemptCountMax = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private readonly CatalogStores _stores;
    private readonly ISegmentBuilder _segments;
    private readonly CatalogLimits _limits;
    private readonly IErasedDocuments? _erased;
    private readonly HeldLease _lease;
    private readonly GenerationPublisher _publisher;
    private readonly PeriodicTimer _beat;
    private readonly Task _beating;

    internal CollectionWriter(
        CatalogStores stores,
        ISegmentBuilder segments,
        CatalogLimits limits,
        HeldLease lease,
        CollectionHead head,
        IErasedDocuments? erased = null)
    {
        _erased = erased;
        _stores = stores;
        _segments = segments;
        _limits = limits;
        _lease = lease;
        _publisher = new GenerationPublisher(stores, lease, head);
        _beat = new PeriodicTimer(HeldLease.BeatOf(LeaseDuration), stores.TimeProvider);
        _beating = lease.BeatAsync(_beat);
    }

    public CollectionHead Head => _publisher.Head;

    public async Task<CollectionHead> CommitAsync(CatalogChange change, CancellationToken cancellationToken)
    {
        if (_erased is not null)
        {
            change = (await _erased.ReadErasedAsync(cancellationToken)).Filter(Head.Collection, change);
        }

        if (change.IsEmpty)
        {
            await LogAsync(change, cancellationToken);
            await _stores.Metastore.Sources.SaveItemsAsync(change.Items, cancellationToken);
            await _stores.Metastore.Sources.RemoveItemsAsync(change.RemovedItems, cancellationToken);
            return Head;
        }

        await PublishAsync(() => DraftAsync(change, cancellationToken), cancellationToken);
        return Head;
    }

    public Task<bool> MergeAsync(CancellationToken cancellationToken) => PublishAsync(
        async () =>
        {
            // Since the head itself: the segments, and no document.
            var state = await ReadRecordsAsync(Head.Generation, cancellationToken);
            var merging = new SegmentMerging(_stores, _segments, _limits);
            return await merging.DraftAsync(state, ReadAllAsync, cancellationToken)
                ?? await new LearningRefresh(_stores, _segments).DraftAsync(state, ReadRecordsAsync, cancellationToken);

            Task<CollectionRecords> ReadAllAsync() => ReadRecordsAsync(0, cancellationToken);
        },
        cancellationToken);

    public Task<bool> ReplaceVectorsAsync(VectorChange change, CancellationToken cancellationToken) => PublishAsync(
        async () => await BringsErasedAsync(change, cancellationToken)
            ? null
            : VectorReplacement.Draft(
                await ReadRecordsAsync(Head.Generation, cancellationToken),
                change,
                _stores.Seal),
        cancellationToken);

    public Task<bool> RepackAsync(CancellationToken cancellationToken) => PublishAsync(
        () => new PackRepacking(_stores, _limits).DraftAsync(
            Head.Collection,
            () => ReadStateAsync(cancellationToken),
            cancellationToken),
        cancellationToken);

    public async Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken)
    {
        var purge = new DocumentPurge(_stores, _segments);
        var segmentCount = 0;
        while (await PublishAsync(
            async () => await purge.DraftSegmentAsync(
                await ReadRecordsAsync(Head.Generation, cancellationToken),
                cancellationToken),
            cancellationToken))
        {
            segmentCount++;
        }

        var hasForgotten = await PublishAsync(
            async () => DocumentPurge.DraftForgetting(await ReadRecordsAsync(Head.Generation, cancellationToken)),
            cancellationToken);
        await PublishAsync(
            async () => await new LearningRefresh(_stores, _segments).DraftAsync(
                await ReadRecordsAsync(Head.Generation, cancellationToken),
                ReadRecordsAsync,
                cancellationToken),
            cancellationToken);
        var packCount = 0;
        while (await PublishAsync(
            () => new PackRepacking(_stores, _limits) { TakesAll = true }.DraftAsync(
                Head.Collection,
                () => ReadStateAsync(cancellationToken),
                cancellationToken),
            cancellationToken))
        {
            packCount++;
        }

        await PublishAsync(
            async () => await new RecordsRewriting(_stores).DraftAsync(
                await ReadRecordsAsync(cancellationToken),
                new GenerationDraft(),
                cancellationToken),
            cancellationToken);
        return new PurgeReport(segmentCount, packCount, hasForgotten);
    }

    public async Task<RepairReport> RepairAsync(bool isDryRun, CancellationToken cancellationToken)
    {
        var rebuild = new SegmentRebuild(_stores, _segments);
        var state = await ReadRecordsAsync(cancellationToken);
        var repairs = new List<SegmentRepair>();
        foreach (var segment in state.Segments)
        {
            await _lease.KeepAsync(cancellationToken);
            if (await rebuild.ExamineAsync(segment, cancellationToken) is { } fault)
            {
                repairs.Add(await RepairAsync(rebuild, segment, fault, isDryRun, cancellationToken));
            }
        }

        return new RepairReport(Head.Collection, state.Segments.Count, repairs);
    }

    public async ValueTask DisposeAsync()
    {
        _beat.Dispose();
#pragma warning disable VSTHRD003 // Started by this object's constructor, and it never fails.
        await _beating;
#pragma warning restore VSTHRD003
        await _lease.ReleaseAsync();
        _lease.Dispose();
    }

    private async Task<SegmentRepair> RepairAsync(
        SegmentRebuild rebuild,
        SegmentRow segment,
        SegmentFault fault,
        bool isDryRun,
        CancellationToken cancellationToken)
    {
        var rows = SegmentRebuild.DocumentsOf(await ReadRecordsAsync(cancellationToken), segment);
        var report = new SegmentRepair(segment.Hash, fault, rows.Count, null, []);
        if (isDryRun)
        {
            return report;
        }

        await PublishAsync(
            async () =>
            {
                rows = SegmentRebuild.DocumentsOf(await ReadRecordsAsync(cancellationToken), segment);
                var (built, unreadable) = await rebuild.BuildAsync(rows, cancellationToken);
                var draft = await rebuild.DraftAsync(Head.Collection, segment, fault, built, cancellationToken);
                report = report with
                {
                    Replacement = draft is null ? segment.Hash : draft.Merge?.Output?.Hash,
                    Unreadable = unreadable,
                };
                return draft;
            },
            cancellationToken);
        return report;
    }

    // A draft is made for one head. When the head has moved it is made again; when the collector is deleting bytes
    // that the draft brings, it waits for the collector.
    private async Task<bool> PublishAsync(Func<Task<GenerationDraft?>> draftAsync, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < AttemptCountMax; attempt++)
        {
            switch (await TryPublishAsync(draftAsync, cancellationToken))
            {
                case null:
                    return false;
                case PublishOutcome.Published:
                    return true;
                case PublishOutcome.LeaseLost:
                    throw new LeaseLostException(_lease.Fence.Lease);
                case PublishOutcome.Superseded:
                    await _publisher.RefreshAsync(cancellationToken);
                    break;
                default:
                    await Task.Delay(FirstDelay * (1 << attempt), _stores.TimeProvider, cancellationToken);
                    break;
            }
        }

        throw new CommitConflictException(Head.Collection);
    }

    // Returns null when there is nothing to publish.
    private async Task<PublishOutcome?> TryPublishAsync(
        Func<Task<GenerationDraft?>> draftAsync,
        CancellationToken cancellationToken)
    {
        try
        {
            await _lease.KeepAsync(cancellationToken);
            return await draftAsync() is { } draft ? await _publisher.PublishAsync(draft, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is BlobMissingException or BlobCorruptException)
        {
            // Under a lost lease another writer's garbage may be gone: that is no damage, and the lease tells.
            await _lease.KeepAsync(cancellationToken);
            throw;
        }
    }

    private async Task<CollectionState> ReadStateAsync(CancellationToken cancellationToken)
    {
        var state = await _stores.Metastore.Catalog.ReadStateAsync(Head.Collection, 0, cancellationToken);
        await FollowAsync(state!.Head, cancellationToken);
        return state;
    }

    private Task<CollectionRecords> ReadRecordsAsync(CancellationToken cancellationToken) =>
        ReadRecordsAsync(0, cancellationToken);

    private async Task<CollectionRecords> ReadRecordsAsync(long since, CancellationToken cancellationToken)
    {
        var state = await _stores.Metastore.Catalog.ReadRecordsAsync(Head.Collection, since, cancellationToken);
        await FollowAsync(state!.Head, cancellationToken);
        return state;
    }

    private async Task FollowAsync(CollectionHead read, CancellationToken cancellationToken)
    {
        if (read.Generation != Head.Generation)
        {
            await _publisher.RefreshAsync(cancellationToken);
        }
    }

    private async Task<GenerationDraft?> DraftAsync(CatalogChange change, CancellationToken cancellationToken)
    {
        var now = _stores.TimeProvider.GetUtcNow();
        var batch = BatchBuilder.Build(
            change.Added,
            Head.Collection,
            _segments,
            _stores.Seal,
            now,
            cancellationToken);
        var stamped = await StampAsync(change, cancellationToken);
        var rows = batch.Rows.Concat(stamped).ToArray();
        var records = rows.Length == 0
            ? null
            : StoredContent.Of(
                ObjectKind.Records,
                CatalogRecords.WriteRows(rows, Head.Collection, _stores.Seal));
        return new GenerationDraft
        {
            Contents = records is null ? batch.Contents : [.. batch.Contents, records],
            Segments = batch.Segments,
            Documents = rows,
            Ingested = batch.Rows,
            Stamped = stamped,
            Removed = change.Removed,
            Erased = change.Erased,
            Items = change.Items,
            RemovedItems = change.RemovedItems,
            Jobs = CatalogJobs.After(Head.Collection),
            Records = records?.WholeBlob,
        };
    }

    // The vectors were made of what a generation before had. A document whose erasure was ordered and that is still
    // live takes them along when it goes: what removes it is a generation after this one.
    private async Task<bool> BringsErasedAsync(VectorChange change, CancellationToken cancellationToken)
    {
        if (_erased is null || change.Documents.Count == 0)
        {
            return false;
        }

        var erased = await _erased.ReadErasedAsync(cancellationToken);
        foreach (var document in change.Documents.Where(document => erased.Has(Head.Collection, document)))
        {
            if (await _stores.Metastore.Catalog.FindDocumentAsync(
                Head.Collection,
                document,
                cancellationToken) is null)
            {
                return true;
            }
        }

        return false;
    }

    // Before what it tells of: an event may be told twice, but not be lost.
    private async Task LogAsync(CatalogChange change, CancellationToken cancellationToken)
    {
        var now = _stores.TimeProvider.GetUtcNow();
        if (GenerationEvents.OfFiles(Head.Collection, change.Items, now) is { Count: > 0 } events)
        {
            await _stores.Metastore.Ledger.AppendAsync(events, cancellationToken);
        }
    }

    // A document that comes in the same change brings its own permissions.
    private async Task<IReadOnlyList<DocumentRow>> StampAsync(
        CatalogChange change,
        CancellationToken cancellationToken)
    {
        var added = change.Added.Select(document => document.Id).ToHashSet();
        var rows = new List<DocumentRow>();
        foreach (var stamp in change.Stamped.Where(stamp => !added.Contains(stamp.Document)))
        {
            var row = await _stores.Metastore.Catalog.FindDocumentAsync(
                Head.Collection,
                stamp.Document,
                cancellationToken);
            if (row is not null)
            {
                rows.Add(row with { Document = row.Document with { Access = stamp.Access, Label = stamp.Label } });
            }
        }

        return rows;
    }
}
