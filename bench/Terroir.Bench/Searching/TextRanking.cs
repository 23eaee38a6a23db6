using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Bench.Searching;

/// <summary>The text search of the product up to passages with scores; no text is read.</summary>
internal sealed class TextRanking(ICatalog catalog) : IDisposable
{
    private readonly SnapshotCache _snapshots = new(catalog);

    /// <summary>Finds the best documents.</summary>
    /// <returns>Their paths, best first.</returns>
    public async Task<IReadOnlyList<string>> RankAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var query = SearchQuery.Of(request.Query);
        var segments = new List<ReadableSegment>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            var snapshot = await _snapshots.OpenAsync(head, cancellationToken);
            segments.AddRange(snapshot!.Segments.Select(item => new ReadableSegment(head.Collection, item, request)));
        }

        using var scoring = new Scoring(segments, query.Terms, cancellationToken);
        var ranking = new Ranking(segments, scoring, request);
        return [.. ranking.List(new HashSet<(CollectionId, DocumentId)>()).Select(item => item.Document.Path)];
    }

    public void Dispose() => _snapshots.Dispose();
}
