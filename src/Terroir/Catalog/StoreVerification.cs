using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Reads everything and compares it with what the metastore and the manifests say.</summary>
internal sealed class StoreVerification(CatalogStores stores)
{
    private readonly ManifestChain _manifests = new(stores.Objects, stores.Site);
    private readonly List<string> _problems = [];
    private int _objectCount;
    private int _documentCount;
    private int _manifestCount;

    public async Task<StoreReport> RunAsync(CancellationToken cancellationToken)
    {
        _problems.AddRange(await stores.Metastore.CheckAsync(cancellationToken));
        foreach (var head in await stores.Metastore.Catalog.ListHeadsAsync(cancellationToken))
        {
            await VerifyManifestsAsync(head, cancellationToken);
            await VerifyDocumentsAsync(head.Collection, cancellationToken);
        }

        return new StoreReport(_objectCount, _documentCount, _manifestCount, _problems);
    }

    private async Task VerifyDocumentsAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        var sound = new Dictionary<ContentHash, long>();
        foreach (var item in await stores.Metastore.Catalog.ListObjectsAsync(collection, cancellationToken))
        {
            _objectCount++;
            if (await IsSoundAsync(item, cancellationToken))
            {
                sound[item.Hash] = item.SizeBytes;
            }
        }

        var state = await stores.Metastore.Catalog.ReadStateAsync(collection, 0, cancellationToken);
        var segments = state!.Segments.Select(row => row.Hash).ToHashSet();
        foreach (var row in state.Documents)
        {
            _documentCount++;
            var isWhole = segments.Contains(row.Segment)
                && sound.ContainsKey(row.Segment)
                && new[] { row.Document.Original, row.Document.Text, row.Document.Passages }.All(blob =>
                    sound.TryGetValue(blob.Container, out var size) && blob.Offset + blob.Length <= size);
            if (!isWhole)
            {
                _problems.Add($"Document {row.Document.Id} refers to bytes that are missing or damaged.");
            }
        }
    }

    private async Task VerifyManifestsAsync(CollectionHead head, CancellationToken cancellationToken)
    {
        try
        {
            var chain = await _manifests.ReadAsync(head.Collection, cancellationToken);
            _manifestCount += chain.Count;
            if (chain.Count > head.Generation)
            {
                _problems.Add(new ManifestForkException(head.Collection, head.Generation + 1).Message);
            }

            if (head.Generation == 0)
            {
                return;
            }

            // A kill may leave the newest manifests in the metastore only, until the next writer puts them.
            var pending = (await stores.Metastore.Catalog.ListPendingManifestsAsync(cancellationToken))
                .Where(item => item.Collection == head.Collection)
                .ToDictionary(item => item.Generation, item => ContentHash.Of(item.Manifest.Span));
            var newest = chain.Count >= head.Generation
                ? chain[(int)head.Generation - 1].Hash
                : pending.GetValueOrDefault(head.Generation);
            if (newest != head.Manifest)
            {
                _problems.Add($"The newest manifest of '{head.Collection}' is not in the object store.");
            }
        }
        catch (ManifestInvalidException exception)
        {
            _problems.Add(exception.Message);
        }
    }

    private async Task<bool> IsSoundAsync(StoredObject item, CancellationToken cancellationToken)
    {
        try
        {
            await stores.ReadAsync(new BlobRef(item.Hash, 0, item.SizeBytes, item.Hash), cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is BlobMissingException or BlobCorruptException)
        {
            _problems.Add(exception.Message);
            return false;
        }
    }
}
