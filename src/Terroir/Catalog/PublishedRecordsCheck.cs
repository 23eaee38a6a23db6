using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Compares the rows of a collection with what its signed manifests published: who changes a row of the
/// metastore, such as who may read a document, changes no manifest.</summary>
internal sealed class PublishedRecordsCheck(CatalogStores stores)
{
    private const string Advice =
        "Move metastore.db away and run 'terroir rebuild', which makes the rows from the manifests.";

    /// <summary>Compares.</summary>
    /// <param name="state">The collection at a generation.</param>
    /// <param name="chain">Its manifests up to that generation.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What differs, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        CollectionState state,
        IReadOnlyList<(GenerationManifest Manifest, ContentHash Hash)> chain,
        CancellationToken cancellationToken)
    {
        try
        {
            var replay = await ManifestReplay.RunAsync(stores, chain, cancellationToken);
            return Compare(state, replay.StateAt(state.Head));
        }
        catch (Exception exception) when (exception is BlobMissingException or BlobCorruptException
            or System.Text.Json.JsonException or FormatException)
        {
            return [$"The records of '{state.Head.Collection}' cannot be read: {exception.Message}"];
        }
    }

    private static List<string> Compare(CollectionState state, CollectionState published)
    {
        var problems = new List<string>();
        var rows = published.Documents.ToDictionary(row => row.Document.Id);
        foreach (var row in state.Documents)
        {
            var isAsPublished = rows.Remove(row.Document.Id, out var other)
                && other.Segment == row.Segment
                && other.Document.ToJson().AsSpan().SequenceEqual(row.Document.ToJson());
            if (!isAsPublished)
            {
                problems.Add($"Document {row.Document.Id} is not in the metastore as it was published. {Advice}");
            }
        }

        problems.AddRange(rows.Keys.Order().Select(document =>
            $"Document {document} was published, and the metastore does not have it. {Advice}"));
        if (!state.Segments.OrderBy(segment => segment.Hash).SequenceEqual(published.Segments))
        {
            problems.Add($"The segments of '{state.Head.Collection}' are not those that were published. {Advice}");
        }

        return problems;
    }
}
