using Terroir.Storage;

namespace Terroir.Server;

/// <summary>Finds documents by what operators call them. It asks nobody's permissions: it is for who runs the site, and
/// shows no content.</summary>
internal static class NamedDocuments
{
    /// <summary>Finds the live documents of an id or a path.</summary>
    /// <param name="metastore">The metastore.</param>
    /// <param name="name">The id, or a path within a source.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The documents; several where sources have the same path.</returns>
    public static async Task<IReadOnlyList<NamedDocument>> FindAsync(
        IMetastore metastore,
        string name,
        CancellationToken cancellationToken)
    {
        var found = new List<NamedDocument>();
        if (DocumentId.TryParse(name, out var id))
        {
            await AddAsync(id);
            return found;
        }

        foreach (var source in await metastore.Sources.ListSourcesAsync(cancellationToken))
        {
            var file = name.Split("!/")[0];
            foreach (var item in await metastore.Sources.FindItemsAsync(
                new SourceItemKey(source.Id, file),
                cancellationToken))
            {
                foreach (var document in item.Documents)
                {
                    await AddAsync(document);
                }
            }
        }

        return [.. found.Where(item => string.Equals(item.Version.Path, name, StringComparison.Ordinal)).Distinct()];

        async Task AddAsync(DocumentId document)
        {
            foreach (var head in await metastore.Catalog.ListHeadsAsync(cancellationToken))
            {
                if (await metastore.Catalog.FindDocumentAsync(head.Collection, document, cancellationToken) is { } row)
                {
                    found.Add(new NamedDocument(head.Collection, row.Document));
                }
            }
        }
    }
}

/// <summary>A live document.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Version">Its version.</param>
internal sealed record NamedDocument(CollectionId Collection, DocumentVersion Version);
