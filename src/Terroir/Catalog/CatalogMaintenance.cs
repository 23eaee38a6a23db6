using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Garbage, verification, rebuilding and backups over the two stores.</summary>
internal sealed class CatalogMaintenance(IObjectStore objects, IMetastore metastore, SiteIdentity site)
    : ICatalogMaintenance
{
    private const string GarbageLease = "gc";
    private const int RoundCount = 1_000;
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ScratchAge = TimeSpan.FromHours(1);

    private readonly ManifestChain _manifests = new(objects, site);

    public async Task<IReadOnlyList<StoredObject>> CollectGarbageAsync(
        TimeSpan grace,
        CancellationToken cancellationToken)
    {
        var owner = $"{Environment.MachineName}/{Environment.ProcessId}";
        var lease = await metastore.Leases.AcquireAsync(GarbageLease, owner, LeaseDuration, cancellationToken)
            ?? throw new LeaseHeldException(GarbageLease);
        var deleted = new List<StoredObject>();
        while (await metastore.Garbage.MarkAsync(grace, RoundCount, lease.Fence, cancellationToken)
            is { Count: > 0 } round)
        {
            await objects.DeleteAsync([.. round.Select(item => BlobKey.ForContent(item.Hash))], cancellationToken);
            var hashes = round.Select(item => item.Hash).ToArray();
            if (!await metastore.Garbage.ConfirmAsync(hashes, lease.Fence, cancellationToken))
            {
                throw new LeaseLostException(GarbageLease);
            }

            deleted.AddRange(round);
            lease = await metastore.Leases.RenewAsync(lease, LeaseDuration, cancellationToken)
                ?? throw new LeaseLostException(GarbageLease);
        }

        await objects.SweepAsync(ScratchAge, cancellationToken);
        await metastore.Leases.ReleaseAsync(lease, cancellationToken);
        return deleted;
    }

    public async Task<StoreReport> VerifyAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>(await metastore.CheckAsync(cancellationToken));
        int objectCount = 0, documentCount = 0, manifestCount = 0;
        foreach (var head in await metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            manifestCount += await VerifyManifestsAsync(head, problems, cancellationToken);
            var sound = new Dictionary<ContentHash, long>();
            foreach (var item in await metastore.Catalog.ListObjectsAsync(head.Collection, cancellationToken))
            {
                objectCount++;
                if (await IsSoundAsync(item, problems, cancellationToken))
                {
                    sound[item.Hash] = item.SizeBytes;
                }
            }

            var state = await metastore.Catalog.ReadStateAsync(head.Collection, 0, cancellationToken);
            foreach (var row in state!.Documents)
            {
                documentCount++;
                var isWhole = sound.ContainsKey(row.Segment)
                    && new[] { row.Document.Original, row.Document.Text, row.Document.Passages }.All(blob =>
                        sound.TryGetValue(blob.Container, out var size) && blob.Offset + blob.Length <= size);
                if (!isWhole)
                {
                    problems.Add($"Document {row.Document.Id} refers to bytes that are missing or damaged.");
                }
            }
        }

        return new StoreReport(objectCount, documentCount, manifestCount, problems);
    }

    public async Task<IReadOnlyList<CollectionHead>> RebuildAsync(CancellationToken cancellationToken)
    {
        var heads = new List<CollectionHead>();
        foreach (var collection in await _manifests.ListCollectionsAsync(cancellationToken))
        {
            var chain = await _manifests.ReadAsync(collection, cancellationToken);
            var replay = new ManifestReplay(objects);
            var first = chain.ToList().FindLastIndex(entry => entry.Manifest.IsFull);
            foreach (var (manifest, _) in chain.Skip(Math.Max(0, first)))
            {
                await replay.ApplyAsync(manifest, cancellationToken);
            }

            var last = chain[^1];
            var head = new CollectionHead(collection, last.Manifest.Generation, last.Hash, last.Manifest.Time);
            if (!await metastore.Catalog.RestoreCollectionAsync(replay.StateAt(head), replay.Objects,
                cancellationToken))
            {
                continue;
            }

            foreach (var source in last.Manifest.Sources)
            {
                await metastore.Sources.SaveSourceAsync(source, cancellationToken);
            }

            heads.Add(head);
        }

        return heads;
    }

    public async Task<int> BackUpAsync(IObjectStore target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var head in await metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            var pin = await metastore.Catalog.PinAsync(head.Collection, "backup", TimeSpan.FromHours(24),
                cancellationToken);
            foreach (var item in await metastore.Catalog.ListObjectsAsync(head.Collection, cancellationToken))
            {
                count += await CopyAsync(objects, target, BlobKey.ForContent(item.Hash), cancellationToken);
            }

            // Manifests last: whoever finds one in the backup finds everything that it names.
            for (var generation = 1L; generation <= head.Generation; generation++)
            {
                var key = BlobKey.ForManifest(site.Id, head.Collection, generation);
                count += await CopyAsync(objects, target, key, cancellationToken);
            }

            await metastore.Catalog.UnpinAsync(pin!, cancellationToken);
        }

        return count;
    }

    public async Task<int> RestoreAsync(IObjectStore backup, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var prefix in new[] { "b/", "m/" })
        {
            await foreach (var info in backup.ListAsync(prefix, null, cancellationToken))
            {
                count += await CopyAsync(backup, objects, info.Key, cancellationToken);
            }
        }

        return count;
    }

    private static async Task<int> CopyAsync(
        IObjectStore source,
        IObjectStore target,
        BlobKey key,
        CancellationToken cancellationToken)
    {
        if (await target.HeadAsync(key, cancellationToken) is not null)
        {
            return 0;
        }

        var info = await source.HeadAsync(key, cancellationToken) ?? throw new BlobMissingException(key.Value);
        var content = await source.ReadAsync(key, 0, info.SizeBytes, cancellationToken);
        if (!key.Content.IsNone && ContentHash.Of(content.Span) != key.Content)
        {
            throw new BlobCorruptException(key.Value);
        }

        await target.PutIfAbsentAsync(key, content, cancellationToken);
        return 1;
    }

    private async Task<int> VerifyManifestsAsync(
        CollectionHead head,
        List<string> problems,
        CancellationToken cancellationToken)
    {
        try
        {
            var chain = await _manifests.ReadAsync(head.Collection, cancellationToken);
            var isHead = head.Generation == 0 ? chain.Count == 0 : chain.Count >= head.Generation
                && chain[(int)head.Generation - 1].Hash == head.Manifest;
            var isPending = (await metastore.Catalog.ListPendingManifestsAsync(cancellationToken)).Count > 0;
            if (!isHead && !isPending)
            {
                problems.Add($"The newest manifest of '{head.Collection}' is not in the object store.");
            }

            return chain.Count;
        }
        catch (ManifestInvalidException exception)
        {
            problems.Add(exception.Message);
            return 0;
        }
    }

    private async Task<bool> IsSoundAsync(
        StoredObject item,
        List<string> problems,
        CancellationToken cancellationToken)
    {
        try
        {
            var key = BlobKey.ForContent(item.Hash);
            var content = await objects.ReadAsync(key, 0, item.SizeBytes, cancellationToken);
            if (ContentHash.Of(content.Span) == item.Hash)
            {
                return true;
            }

            problems.Add(new BlobCorruptException(key.Value).Message);
        }
        catch (BlobMissingException exception)
        {
            problems.Add(exception.Message);
        }

        return false;
    }
}

/// <summary>Replays manifests into the state of a collection.</summary>
internal sealed class ManifestReplay(IObjectStore store)
{
    private readonly Dictionary<ContentHash, StoredObject> _objects = [];
    private readonly Dictionary<ContentHash, SegmentRow> _segments = [];
    private readonly Dictionary<DocumentId, DocumentRow> _documents = [];

    /// <summary>The objects that the state needs: packs only while a document points into them.</summary>
    public IReadOnlyList<StoredObject> Objects
    {
        get
        {
            var used = _documents.Values.SelectMany(row => row.Objects).ToHashSet();
            return
            [
                .. _objects.Values.Where(item => item.Kind switch
                {
                    ObjectKind.Pack => used.Contains(item.Hash),
                    ObjectKind.Segment => _segments.ContainsKey(item.Hash),
                    _ => true,
                }),
            ];
        }
    }

    public CollectionState StateAt(CollectionHead head) => new()
    {
        Head = head,
        Since = 0,
        Segments = [.. _segments.Values.OrderBy(row => row.Hash)],
        Documents = [.. _documents.Values.OrderBy(row => row.Document.Id)],
        Removed = [],
    };

    public async Task ApplyAsync(GenerationManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.IsFull)
        {
            _objects.Clear();
            _segments.Clear();
            _documents.Clear();
        }

        foreach (var item in manifest.Objects)
        {
            _objects[item.Hash] = item;
        }

        foreach (var segment in manifest.Segments)
        {
            _segments[segment.Hash] = segment;
        }

        if (manifest.Records is { } records)
        {
            var key = BlobKey.ForContent(records.Container);
            var lines = await store.ReadAsync(key, records.Offset, records.Length, cancellationToken);
            if (ContentHash.Of(lines.Span) != records.Hash)
            {
                throw new BlobCorruptException(key.Value);
            }

            foreach (var row in CatalogRecords.ReadRows(lines))
            {
                _documents[row.Document.Id] = row;
            }
        }

        foreach (var removed in manifest.Removed)
        {
            _documents.Remove(removed);
        }
    }
}
