using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The commit protocol: stage, put, seal, publish, put the manifest, acknowledge.</summary>
/// <remarks>The order is the promise; see <c>docs/formats/commit.md</c>.</remarks>
internal sealed class CollectionWriter(
    IObjectStore objects,
    IMetastore metastore,
    ISegmentBuilder segments,
    SiteIdentity site,
    TimeProvider timeProvider,
    Lease lease,
    CollectionHead head) : ICollectionWriter
{
    /// <summary>How long the lease lasts without a sign of the writer.</summary>
    internal static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(30);

    /// <summary>Segments beyond this are merged.</summary>
    internal const int SegmentCountMax = 8;

    /// <summary>How many segments one merge takes at most.</summary>
    internal const int MergeInputMax = 64;

    private Lease _lease = lease;

    public CollectionHead Head { get; private set; } = head;

    public async Task<CollectionHead> CommitAsync(CatalogChange change, CancellationToken cancellationToken)
    {
        if (change.IsEmpty)
        {
            await metastore.Sources.SaveItemsAsync(change.Items, cancellationToken);
            await metastore.Sources.RemoveItemsAsync(change.RemovedItems, cancellationToken);
            return Head;
        }

        await RenewAsync(cancellationToken);
        var batch = BatchBuilder.Build(change.Added, segments, timeProvider.GetUtcNow(), cancellationToken);
        var stamped = await StampAsync(change.Stamped, cancellationToken);
        var rows = batch.Rows.Concat(stamped).ToArray();
        var records = rows.Length == 0 ? null : StoredContent.Of(ObjectKind.Records, CatalogRecords.WriteRows(rows));
        var contents = records is null ? batch.Contents : [.. batch.Contents, records];
        return await PublishAsync(
            contents,
            new Publication
            {
                Collection = Head.Collection,
                ExpectedGeneration = Head.Generation,
                Fence = _lease.Fence,
                Manifest = default,
                ManifestHash = default,
                Segments = batch.Segments,
                Documents = rows,
                Removed = change.Removed,
                Items = change.Items,
                RemovedItems = change.RemovedItems,
            },
            records?.WholeBlob,
            isFull: false,
            cancellationToken);
    }

    public async Task<bool> MergeAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        var state = await metastore.Catalog.ReadStateAsync(Head.Collection, 0, cancellationToken);
        if (state is null || state.Segments.Count <= SegmentCountMax)
        {
            return false;
        }

        var inputs = state.Segments.OrderBy(row => row.SizeBytes).Take(MergeInputMax).ToArray();
        var built = segments.Merge(await ReadInputsAsync(state, inputs, cancellationToken), cancellationToken);
        var output = built is null ? null : StoredContent.Of(ObjectKind.Segment, built.Content);
        var row = built is null
            ? null
            : new SegmentRow(output!.Object.Hash, built.DocumentCount, built.PassageCount, built.Content.Length);
        var merge = new SegmentMerge([.. inputs.Select(input => input.Hash)], row);
        await PublishFullAsync(state, merge, output, cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync() =>
        await metastore.Leases.ReleaseAsync(_lease, CancellationToken.None);

    // A merge rewrites the records of every live document, so that a rebuild begins here.
    private async Task PublishFullAsync(
        CollectionState state,
        SegmentMerge merge,
        StoredContent? output,
        CancellationToken cancellationToken)
    {
        var old = await metastore.Catalog.ListObjectsAsync(Head.Collection, cancellationToken);
        var moved = state.Documents.Select(row =>
            merge.Inputs.Contains(row.Segment) && merge.Output is { } target ? row with { Segment = target.Hash }
                : row);
        var records = StoredContent.Of(ObjectKind.Records, CatalogRecords.WriteRows(moved));
        var released = old.Where(item => item.Kind == ObjectKind.Records && item.Hash != records.Object.Hash);
        await PublishAsync(
            output is null ? [records] : [output, records],
            new Publication
            {
                Collection = Head.Collection,
                ExpectedGeneration = Head.Generation,
                Fence = _lease.Fence,
                Manifest = default,
                ManifestHash = default,
                Segments = merge.Output is { } row ? [row] : [],
                Merge = merge,
                Released = [.. released.Select(item => item.Hash)],
            },
            records.WholeBlob,
            isFull: true,
            cancellationToken);
    }

    private async Task<CollectionHead> PublishAsync(
        IReadOnlyList<StoredContent> contents,
        Publication draft,
        BlobRef? records,
        bool isFull,
        CancellationToken cancellationToken)
    {
        var isPublished = false;
        try
        {
            await StageAndPutAsync(contents, cancellationToken);
            var manifest = await SealAsync(contents, draft, records, isFull, cancellationToken);
            var publication = draft with
            {
                Objects = [.. contents.Select(content => content.Object)],
                Manifest = manifest,
                ManifestHash = ContentHash.Of(manifest),
                Fence = _lease.Fence,
            };
            ThrowUnlessPublished(await metastore.Catalog.PublishAsync(publication, cancellationToken));
            isPublished = true;
            var pending = new PendingManifest(Head.Collection, Head.Generation + 1, manifest);

            // Not cancelled from here on: the generation is decided, and only the acknowledgement is missing.
            await ManifestStore.PutAsync(objects, metastore, site, pending, CancellationToken.None);
            Head = await metastore.Catalog.ReadHeadAsync(Head.Collection, CancellationToken.None) ?? Head;
            return Head;
        }
        finally
        {
            if (!isPublished)
            {
                await UnstageAsync();
            }
        }
    }

    private async Task StageAndPutAsync(IReadOnlyList<StoredContent> contents, CancellationToken cancellationToken)
    {
        var hashes = contents.Select(content => content.Object.Hash).ToArray();
        ThrowUnlessPublished(
            await metastore.Catalog.StageAsync(Head.Collection, hashes, _lease.Fence, cancellationToken));
        foreach (var content in contents)
        {
            var key = BlobKey.ForContent(content.Object.Hash);
            await objects.PutIfAbsentAsync(key, content.Content, cancellationToken);
            var info = await objects.HeadAsync(key, cancellationToken);
            if (info?.SizeBytes != content.Content.Length)
            {
                throw new BlobCorruptException(key.Value);
            }
        }
    }

    private async Task<byte[]> SealAsync(
        IReadOnlyList<StoredContent> contents,
        Publication draft,
        BlobRef? records,
        bool isFull,
        CancellationToken cancellationToken)
    {
        var sources = await metastore.Sources.ListSourcesAsync(cancellationToken);
        var live = isFull ? await LiveAfterAsync(contents, draft, cancellationToken) : default;
        return ManifestSeal.Seal(
            new GenerationManifest
            {
                Site = site.Id,
                Collection = Head.Collection,
                Generation = Head.Generation + 1,
                Previous = Head.Manifest.IsNone ? null : Head.Manifest,
                Epoch = _lease.Epoch,
                Time = timeProvider.GetUtcNow(),
                IsFull = isFull,
                Objects = isFull ? live.Objects : [.. contents.Select(content => content.Object)],
                Segments = isFull ? live.Segments : draft.Segments,
                Records = records,
                Removed = draft.Removed,
                MergedSegments = draft.Merge?.Inputs ?? [],
                MergedInto = draft.Merge?.Output?.Hash,
                Sources = [.. sources.Where(source => source.Collection == Head.Collection)],
            },
            site.Key);
    }

    private async Task<(IReadOnlyList<StoredObject> Objects, IReadOnlyList<SegmentRow> Segments)> LiveAfterAsync(
        IReadOnlyList<StoredContent> contents,
        Publication draft,
        CancellationToken cancellationToken)
    {
        var state = await metastore.Catalog.ReadStateAsync(Head.Collection, Head.Generation, cancellationToken);
        var old = await metastore.Catalog.ListObjectsAsync(Head.Collection, cancellationToken);
        var gone = draft.Released.Concat(draft.Merge?.Inputs ?? []).ToHashSet();
        var isKept = (ContentHash hash) => !gone.Contains(hash) && contents.All(item => item.Object.Hash != hash);
        return (
            [.. old.Where(item => isKept(item.Hash)), .. contents.Select(content => content.Object)],
            [.. state!.Segments.Where(row => isKept(row.Hash)), .. draft.Segments]);
    }

    private async Task<IReadOnlyList<SegmentInput>> ReadInputsAsync(
        CollectionState state,
        IEnumerable<SegmentRow> inputs,
        CancellationToken cancellationToken)
    {
        var live = state.Documents.ToLookup(row => row.Segment, row => row.Document.Id);
        var result = new List<SegmentInput>();
        foreach (var input in inputs)
        {
            var key = BlobKey.ForContent(input.Hash);
            var content = await objects.ReadAsync(key, 0, input.SizeBytes, cancellationToken);
            if (ContentHash.Of(content.Span) != input.Hash)
            {
                throw new BlobCorruptException(key.Value);
            }

            result.Add(new SegmentInput(content, live[input.Hash].ToHashSet()));
        }

        return result;
    }

    private async Task<IReadOnlyList<DocumentRow>> StampAsync(
        IReadOnlyList<DocumentStamp> stamps,
        CancellationToken cancellationToken)
    {
        var rows = new List<DocumentRow>();
        foreach (var stamp in stamps)
        {
            var row = await metastore.Catalog.FindDocumentAsync(Head.Collection, stamp.Document, cancellationToken);
            if (row is not null)
            {
                rows.Add(row with { Document = row.Document with { Access = stamp.Access, Label = stamp.Label } });
            }
        }

        return rows;
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (_lease.Until - timeProvider.GetUtcNow() < LeaseDuration * 2 / 3)
        {
            _lease = await metastore.Leases.RenewAsync(_lease, LeaseDuration, cancellationToken)
                ?? throw new LeaseLostException(_lease.Name);
        }
    }

    private async Task UnstageAsync()
    {
        try
        {
            await metastore.Catalog.UnstageAsync(Head.Collection, _lease.Fence, CancellationToken.None);
        }
        catch (StorageFailedException)
        {
            // The first failure is the one to report; the collector clears the staging when the lease has ended.
        }
    }

    private void ThrowUnlessPublished(PublishOutcome outcome)
    {
        if (outcome != PublishOutcome.Published)
        {
            throw new LeaseLostException(_lease.Name);
        }
    }
}
