using Terroir.Access;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>Finds documents by id for someone: what they may not read is not there.</summary>
internal sealed class ReadableDocuments(ICatalog catalog, EventLog log)
{
    /// <summary>Finds a live document that the asker may read.</summary>
    /// <returns>Its collection and version, or <see langword="null"/>: absent and forbidden look the same.</returns>
    public async Task<FoundDocument?> FindAsync(string id, Asker asker, CancellationToken cancellationToken)
    {
        if (!DocumentId.TryParse(id, out var document))
        {
            return null;
        }

        // Every collection is asked, also after a hit, so that absent and forbidden also take the same steps.
        FoundDocument? found = null;
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (await catalog.FindDocumentAsync(head.Collection, document, cancellationToken) is { } version)
            {
                found = asker.MayEnter(head.Collection) ? new FoundDocument(head.Collection, version) : found;
            }
        }

        return found is not null && asker.MayRead(found.Version.Access) ? found : null;
    }

    /// <summary>Reads the canonical text of a document, after the ledger has that the person opened it.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadTextAsync(
        FoundDocument document,
        Asker asker,
        CancellationToken cancellationToken)
    {
        await LogAsync(document, asker, cancellationToken);
        return await catalog.ReadBlobAsync(document.Version.Text, cancellationToken);
    }

    /// <summary>Reads the original bytes of a document, after the ledger has that the person opened it.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadOriginalAsync(
        FoundDocument document,
        Asker asker,
        CancellationToken cancellationToken)
    {
        await LogAsync(document, asker, cancellationToken);
        return await catalog.ReadBlobAsync(document.Version.Original, cancellationToken);
    }

    private Task<long> LogAsync(FoundDocument document, Asker asker, CancellationToken cancellationToken) =>
        log.RecordAsync(
            EventKinds.DocumentOpened,
            Principal.User(asker.User),
            document.Version.Id.Value,
            $"{document.Collection}\n{document.Version.Id}\n{document.Version.Version.Hex}",
            cancellationToken);
}

/// <summary>A document that someone may read.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Version">Its live version.</param>
internal sealed record FoundDocument(CollectionId Collection, DocumentVersion Version);
