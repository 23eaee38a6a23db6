using Terroir.Access;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Compares a folder with what is remembered of it and commits the difference.</summary>
internal sealed class FolderSynchronizer(
    ICatalog catalog,
    IMetastore metastore,
    IDocumentReader reader,
    IDirectory directory,
    TimeProvider timeProvider) : ISynchronizer
{
    public async Task<SyncReport> SyncAsync(
        string source,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var record = sources.FirstOrDefault(item => string.Equals(item.Id, source, StringComparison.Ordinal))
            ?? throw new SourceUnknownException(source);
        try
        {
            return await SyncAsync(record, options, progress, cancellationToken);
        }
        catch (SystemCallException exception)
        {
            // A file that fails is in quarantine; what comes here is the process without a descriptor left.
            throw new SourceUnavailableException(record.Id, record.Location, exception);
        }
    }

    private async Task<SyncReport> SyncAsync(
        SourceRecord record,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
        IPermissionReader permissions = string.Equals(record.Permissions, "posix", StringComparison.Ordinal)
            ? new PosixPermissions(new PosixNames())
            : new PermissionFiles();
        using var tree = SourceTree.Open(record, permissions);
        await using var writer = await catalog.OpenWriterAsync(record.Collection, cancellationToken);
        var folder = FolderScan.Run(record, tree, cancellationToken);
        var before = await ReadStateAsync(record, cancellationToken);
        var faults = permissions.Faults;
        var plan = SyncPlan.Make(record, folder, before, faults, options, timeProvider.GetUtcNow());

        // Revocations and removals go first: they are never later than new content.
        await writer.CommitAsync(plan.First, cancellationToken);
        if (plan.HeldReason is null)
        {
            var moved = new MovedDocuments(catalog, record);
            var reading = new FileReading(record, tree, reader, moved, ReadLimits.Default);
            await new BatchedReading(writer, plan, reading, timeProvider, progress).RunAsync(cancellationToken);
            while (await writer.MergeAsync(cancellationToken))
            {
            }
        }

        await metastore.Sources.SaveSourceAsync(
            record with
            {
                HeldReason = plan.HeldReason,
                SyncedAt = plan.HeldReason is null ? timeProvider.GetUtcNow() : record.SyncedAt,
            },
            cancellationToken);
        return SyncReporting.Describe(
            record,
            folder,
            plan,
            [.. SyncReporting.FindProblems(folder, faults), .. FindUnknown(permissions)],
            writer.Head.Generation);
    }

    private async Task<SyncState> ReadStateAsync(SourceRecord source, CancellationToken cancellationToken)
    {
        var items = await metastore.Sources.ListItemsAsync(source.Id, cancellationToken);
        var state = await catalog.ReadStateAsync(source.Collection, since: 0, cancellationToken);
        return new SyncState(
            items,
            [
                .. state!.Documents.Select(row => row.Document)
                    .Where(document => string.Equals(document.Source, source.Id, StringComparison.Ordinal)),
            ]);
    }

    // A name that the directory does not know is probably a slip, and may be one that is added tomorrow.
    private IReadOnlyList<SourceProblem> FindUnknown(IPermissionReader permissions)
    {
        try
        {
            return permissions is PermissionFiles files
                ?
                [
                    .. files.Mentions.Where(mention => !directory.Knows(mention.Principal)).Select(mention =>
                        new SourceProblem(
                            mention.Path,
                            mention.Line,
                            IsWarning: true,
                            $"'{mention.Principal}' is not in directory.yaml: mend the name, or add it there.")),
                ]
                : [];
        }
        catch (DirectoryInvalidException)
        {
            // Nobody can ask then, and 'terroir doctor' says why.
            return [];
        }
    }
}
