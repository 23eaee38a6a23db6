using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Reads everything and compares it with what the metastore and the manifests say.</summary>
/// <remarks>It may run while others write and collect garbage: it looks at one pinned generation of each collection.
/// </remarks>
internal sealed class StoreVerification(CatalogStores stores)
{
    /// <summary>How often a head that moves meanwhile is read again.</summary>
    private const int AttemptCountMax = 20;

    private readonly ManifestChain _manifests = new(stores.Objects, stores.Site);
    private readonly List<string> _problems = [];
    private int _objectCount;
    private int _documentCount;
    private int _manifestCount;

    public async Task<StoreReport> RunAsync(CancellationToken cancellationToken)
    {
        _problems.AddRange(await stores.Metastore.CheckAsync(cancellationToken));
        var heads = await stores.Metastore.Catalog.ListHeadsAsync(cancellationToken);
        foreach (var head in heads)
        {
            await VerifyAsync(head.Collection, cancellationToken);
        }

        foreach (var newest in await _manifests.ListNewestAsync(cancellationToken))
        {
            var lost = newest.Key.Manifest!.Value.Collection;

            // Asked again: somebody may have created and written it since.
            if (heads.All(head => head.Collection != lost)
                && await stores.Metastore.Catalog.ReadHeadAsync(lost, cancellationToken) is null)
            {
                _problems.Add($"The metastore does not know '{lost}', whose manifests are in the object store. "
                    + "Run 'terroir rebuild'.");
            }
        }

        return new StoreReport(_objectCount, _documentCount, _manifestCount, _problems);
    }

    private async Task VerifyAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < AttemptCountMax; attempt++)
        {
            await using var pin = await HeldPin.TakeAsync(stores, collection, "verify-store", cancellationToken);
            if (pin is null)
            {
                return;
            }

            var objects = await stores.Metastore.Catalog.ListObjectsAsync(collection, cancellationToken);
            var state = await stores.Metastore.Catalog.ReadStateAsync(collection, 0, cancellationToken);

            // The pinned generation was the head before both were read and is the head after: both are of it.
            if (state?.Head.Generation == pin.Generation)
            {
                await VerifyManifestsAsync(state, cancellationToken);
                await VerifyDocumentsAsync(state, objects, pin, cancellationToken);
                return;
            }
        }

        _problems.Add($"'{collection}' is written to without a pause and was not checked. Try again later.");
    }

    private async Task VerifyDocumentsAsync(
        CollectionState state,
        IReadOnlyList<StoredObject> objects,
        HeldPin pin,
        CancellationToken cancellationToken)
    {
        var sound = new Dictionary<ContentHash, long>();
        foreach (var item in objects)
        {
            _objectCount++;
            await pin.KeepAsync(cancellationToken);
            if (await IsSoundAsync(item, pin, cancellationToken))
            {
                sound[item.Hash] = item.SizeBytes;
            }
        }

        var segments = state.Segments.Select(row => row.Hash).ToHashSet();
        foreach (var row in state.Documents)
        {
            _documentCount++;
            var isWhole = segments.Contains(row.Segment)
                && sound.ContainsKey(row.Segment)
                && new[] { row.Document.Original, row.Document.Text, row.Document.Passages }.All(blob =>
                    sound.TryGetValue(blob.Container, out var size) && blob.Offset + blob.Length <= size);
            if (!isWhole)
            {
                _problems.Add($"Document {row.Document.Id} refers to bytes that are missing or damaged. Put the "
                    + "objects named above back from a backup, or change its file and run 'terroir sync'.");
            }
        }
    }

    private async Task VerifyManifestsAsync(CollectionState state, CancellationToken cancellationToken)
    {
        var head = state.Head;
        try
        {
            // In this order: what is no longer pending when it is listed is in the chain that is read afterwards.
            var pending = (await stores.Metastore.Catalog.ListPendingManifestsAsync(cancellationToken))
                .Where(item => item.Collection == head.Collection)
                .ToDictionary(item => item.Generation, item => ContentHash.Of(item.Manifest.Span));
            var chain = await _manifests.ReadAsync(head.Collection, cancellationToken);
            _manifestCount += chain.Count;
            await CompareAsync(head, chain.Count, cancellationToken);
            if (head.Generation == 0)
            {
                return;
            }

            // A kill may leave the newest manifests in the metastore only, until the next writer puts them.
            var newest = chain.Count >= head.Generation
                ? chain[(int)head.Generation - 1].Hash
                : pending.GetValueOrDefault(head.Generation);
            if (newest != head.Manifest)
            {
                _problems.Add(chain.Count >= head.Generation
                    ? new ManifestForkException(head.Collection, head.Generation).Message
                    : $"The manifests of '{head.Collection}' after {chain.Count} are not in the object store: they "
                        + "could not be rebuilt. Put them back from a backup, or run 'terroir backup' to a new folder "
                        + "and restore it.");
            }
            else if (chain.Count >= head.Generation)
            {
                _problems.AddRange(await new PublishedRecordsCheck(stores).RunAsync(
                    state,
                    [.. chain.Take((int)head.Generation)],
                    cancellationToken));
            }
        }
        catch (ManifestInvalidException exception)
        {
            _problems.Add(exception.Message);
        }
    }

    // Read after the chain: whoever has put a manifest meanwhile had moved the head before.
    private async Task CompareAsync(CollectionHead head, int manifestCount, CancellationToken cancellationToken)
    {
        var newest = await stores.Metastore.Catalog.ReadHeadAsync(head.Collection, cancellationToken);
        if (manifestCount > newest?.Generation)
        {
            _problems.Add(new ManifestForkException(head.Collection, newest.Generation + 1).Message);
        }
    }

    private async Task<bool> IsSoundAsync(StoredObject item, HeldPin pin, CancellationToken cancellationToken)
    {
        try
        {
            await stores.ReadAsync(BlobRef.Whole(item.Hash, item.SizeBytes), cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is BlobMissingException or BlobCorruptException)
        {
            await pin.RenewAsync(cancellationToken);
            _problems.Add(exception.Message);
            return false;
        }
    }
}
