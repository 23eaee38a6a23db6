using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Answers.Sections;

/// <summary>Reads the documents of hits again, for what stands around the hits.</summary>
/// <remarks>It reads the versions that were found and no others: whoever may read a passage of a version may read all
/// of it.</remarks>
internal sealed class SectionReading(ICatalog catalog)
{
    /// <summary>Of a document with a larger text only the hits are shown.</summary>
    internal const int TextSizeMaxBytes = 4 << 20;

    /// <summary>Reads the documents.</summary>
    /// <param name="hits">The hits.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The documents that could be read. Of one that is damaged the hits are shown alone; the check of the
    /// citations tells of the damage.</returns>
    public async Task<IReadOnlyDictionary<(CollectionId, DocumentId), DocumentPassages>> ReadAsync(
        IEnumerable<PassageHit> hits,
        CancellationToken cancellationToken)
    {
        var documents = new Dictionary<(CollectionId, DocumentId), DocumentPassages>();
        foreach (var hit in hits.DistinctBy(hit => (hit.Collection, hit.Document.Id))
            .Where(hit => hit.Document is { PassageCount: > 1, Text.Length: <= TextSizeMaxBytes }))
        {
            try
            {
                documents[(hit.Collection, hit.Document.Id)] = new DocumentPassages(
                    await catalog.ReadBlobAsync(hit.Document.Text, cancellationToken),
                    await catalog.ReadPassagesAsync(hit.Document, cancellationToken));
            }
            catch (TerroirException exception) when (exception is BlobCorruptException or BlobMissingException)
            {
                continue;
            }
        }

        return documents;
    }
}
