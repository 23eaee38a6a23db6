using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Compares a folder with what is remembered of it and commits the difference.</summary>
internal sealed class FolderSynchronizer(
    ICatalog catalog,
    IMetastore metastore,
    IDocumentReader reader,
    TimeProvider timeProvider) : ISynchronizer
{
    /// <summary>A source that lost more than this share of its files stops and asks.</summary>
    internal const double LossShareMax = 0.2;

    /// <summary>Fewer remembered files than this are too few to tell a loss from a cleaning.</summary>
    internal const int LossCountMin = 5;

    /// <summary>A commit takes at most this many documents.</summary>
    internal const int BatchCountMax = 256;

    /// <summary>A commit takes at most about this many bytes of originals.</summary>
    internal const long BatchSizeMaxBytes = 8 << 20;

    public async Task<SyncReport> SyncAsync(
        string source,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var record = sources.FirstOrDefault(item => string.Equals(item.Id, source, StringComparison.Ordinal))
            ?? throw new SourceUnknownException(source);
        var files = FolderScan.Run(record);
        await using var writer = await catalog.OpenWriterAsync(record.Collection, cancellationToken);
        var plan = await PlanAsync(record, files, options, cancellationToken);
        if (plan.HeldReason is { } reason)
        {
            await metastore.Sources.SaveSourceAsync(record with { HeldReason = reason }, cancellationToken);
            return plan.Report(record.Id, writer.Head.Generation);
        }

        await RemoveAndStampAsync(writer, plan, cancellationToken);
        await ReadAsync(writer, record, plan, progress, cancellationToken);
        while (await writer.MergeAsync(cancellationToken))
        {
        }

        var synced = record with { HeldReason = null, SyncedAt = timeProvider.GetUtcNow() };
        await metastore.Sources.SaveSourceAsync(synced, cancellationToken);
        return plan.Report(record.Id, writer.Head.Generation);
    }

    private async Task<SyncPlan> PlanAsync(
        SourceRecord source,
        IReadOnlyList<FolderFile> files,
        SyncOptions options,
        CancellationToken cancellationToken)
    {
        var items = await metastore.Sources.ListItemsAsync(source.Id, cancellationToken);
        var state = await catalog.ReadStateAsync(source.Collection, 0, cancellationToken);
        IPermissionReader permissions = string.Equals(source.Permissions, "posix", StringComparison.Ordinal)
            ? new PosixPermissions(source.Location)
            : new PermissionFiles(source.Location);
        var plan = SyncPlan.Make(source, files, items, state!, permissions, options);
        var outer = items.Where(item => !item.Key.Path.Contains("!/", StringComparison.Ordinal)).ToArray();
        var isLoss = outer.Length >= LossCountMin && plan.Gone.Count > outer.Length * LossShareMax;
        if (isLoss && !options.AcceptLoss)
        {
            plan.HeldReason = $"{plan.Gone.Count} of {outer.Length} files are gone. If that is right, run "
                + $"'terroir sync {source.Id} --accept-loss'; nothing was deleted.";
        }

        return plan;
    }

    // Revocations and removals go first: they are never later than new content.
    private static async Task RemoveAndStampAsync(
        ICollectionWriter writer,
        SyncPlan plan,
        CancellationToken cancellationToken) =>
        await writer.CommitAsync(
            new CatalogChange
            {
                Removed = plan.Removed,
                Stamped = plan.Stamps,
                RemovedItems = plan.RemovedItems,
            },
            cancellationToken);

    private async Task ReadAsync(
        ICollectionWriter writer,
        SourceRecord source,
        SyncPlan plan,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var reading = new FileReading(source, reader, ReadLimits.Default, timeProvider);
        var batch = new List<FileResult>();
        var done = 0;
        foreach (var files in plan.ToRead.Chunk(Environment.ProcessorCount * 4))
        {
            var results = await Task.WhenAll(files.Select(file =>
                reading.ReadAsync(file, plan.PermissionOf(file), cancellationToken)));
            batch.AddRange(results);
            done += files.Length;
            var size = batch.Sum(result => result.Documents.Sum(document => (long)document.Original.Length));
            if (batch.Sum(result => result.Documents.Count) >= BatchCountMax || size >= BatchSizeMaxBytes)
            {
                await CommitAsync(writer, plan, batch, cancellationToken);
                progress?.Report(new SyncProgress(plan.ToRead.Count, done, files[^1].Path));
            }
        }

        await CommitAsync(writer, plan, batch, cancellationToken);
        if (done > 0)
        {
            progress?.Report(new SyncProgress(plan.ToRead.Count, done, plan.ToRead[^1].Path));
        }
    }

    private static async Task CommitAsync(
        ICollectionWriter writer,
        SyncPlan plan,
        List<FileResult> batch,
        CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var change = plan.ChangeFor(batch);
        await writer.CommitAsync(change, cancellationToken);
        batch.Clear();
    }
}
