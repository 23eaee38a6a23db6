using Terroir.Catalog;
using Terroir.Ingestion.Sync;
using Terroir.Storage;

namespace Terroir.Ingestion.Push;

/// <summary>What is remembered of single documents of a push source.</summary>
internal sealed class PushMemory(ICatalog catalog, IMetastore metastore) : IDisposable
{
    // That items are remembered; a rebuilt metastore has a source without it, and documents without items.
    private const string Remembered = "remembered";

    private readonly SemaphoreSlim _recovering = new(1, 1);

    /// <summary>Reads what was there of one document.</summary>
    public async Task<SyncState> ReadAsync(SourceRecord source, string id, CancellationToken cancellationToken)
    {
        if (source.Cursor is null)
        {
            await RecoverOnceAsync(source.Id, cancellationToken);
        }

        var items = await metastore.Sources.FindItemsAsync(new SourceItemKey(source.Id, id), cancellationToken);
        var documents = new List<DocumentVersion>();
        foreach (var document in items.SelectMany(item => item.Documents).Distinct())
        {
            if (await catalog.FindDocumentAsync(source.Collection, document, cancellationToken) is { } live)
            {
                documents.Add(live);
            }
        }

        return new SyncState(items, documents);
    }

    public void Dispose() => _recovering.Dispose();

    // What another document's turn has recovered meanwhile stays as that one left it.
    private async Task RecoverOnceAsync(string id, CancellationToken cancellationToken)
    {
        await _recovering.WaitAsync(cancellationToken);
        try
        {
            if (await metastore.Sources.FindSourceAsync(id, cancellationToken) is { Cursor: null } source)
            {
                await RecoverAsync(source, cancellationToken);
            }
        }
        finally
        {
            _recovering.Release();
        }
    }

    // After a rebuild the documents say what was put.
    private async Task RecoverAsync(SourceRecord source, CancellationToken cancellationToken)
    {
        var known = (await metastore.Sources.ListItemsAsync(source.Id, cancellationToken))
            .Select(item => item.Key.Path)
            .ToHashSet(StringComparer.Ordinal);
        var state = await catalog.ReadStateAsync(source.Collection, since: 0, cancellationToken);
        var lost = (state?.Documents ?? []).Select(row => row.Document)
            .Where(document => string.Equals(document.Source, source.Id, StringComparison.Ordinal))
            .GroupBy(document => SourcePath.Outer(document.Path), StringComparer.Ordinal)
            .Where(group => !known.Contains(group.Key))
            .Select(group => new SourceItem
            {
                Key = new SourceItemKey(source.Id, group.Key),
                Fingerprint = "",
                Content = group.FirstOrDefault(document => !SourcePath.IsInside(document.Path))?.Version ?? default,
                Documents = [.. group.Select(document => document.Id)],
            });
        await metastore.Sources.SaveItemsAsync([.. lost], cancellationToken);
        await metastore.Sources.SaveSourceAsync(source with { Cursor = Remembered }, cancellationToken);
    }
}
