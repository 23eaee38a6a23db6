using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Retention.Stores;

/// <summary>Makes documents stop answering: one generation of each collection, with the events of the ledger in its
/// transaction, and without what sources remember of their files.</summary>
internal sealed class LiveDocuments(ICatalog catalog, IMetastore metastore, TimeProvider time) : IErasable
{
    public string Store => "documents";

    public ErasureStage Stage => ErasureStage.Withdraw;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var collection in target.Collections)
        {
            count += await EraseAsync(target, collection, cancellationToken);
        }

        return count;
    }

    private async Task<int> EraseAsync(
        ErasureTarget target,
        CollectionId collection,
        CancellationToken cancellationToken)
    {
        var items = target.Work.Documents
            .Where(item => item.Address.Collection == collection && item.Source.Length > 0)
            .Select(item => new SourceItemKey(item.Source, item.Path))
            .Distinct()
            .ToArray();
        await using var writer = await new PatientWriter(catalog, time).OpenAsync(collection, cancellationToken);

        // Read under the lease, after the tombstones are durable: nothing brings back what is removed now.
        var live = new List<DocumentId>();
        foreach (var document in target.DocumentsOf(collection))
        {
            if (await catalog.FindDocumentAsync(collection, document, cancellationToken) is not null)
            {
                live.Add(document);
            }
        }

        await writer.CommitAsync(
            new CatalogChange { Removed = live, Erased = live, RemovedItems = items },
            cancellationToken);
        foreach (var item in target.Work.Documents.Where(item => item.Address.Collection == collection))
        {
            foreach (var version in item.Versions)
            {
                await metastore.Quality.RemoveReleaseAsync(item.Source, version, cancellationToken);
            }
        }

        return live.Count;
    }
}
