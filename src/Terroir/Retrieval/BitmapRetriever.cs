using Terroir.Catalog;

namespace Terroir.Retrieval;

/// <summary>Searches the heads of collections under the asker's bitmap.</summary>
internal sealed class BitmapRetriever(ICatalog catalog) : IRetriever, IDisposable
{
    private const int CandidateFactor = 3;

    private readonly SnapshotCache _snapshots = new(catalog);
    private readonly PassageReading _reading = new(catalog);

    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.Count is < 1 or > SearchRequest.HitCountMax)
        {
            throw new ArgumentException($"Ask for 1 to {SearchRequest.HitCountMax} hits.", nameof(request));
        }

        var query = SearchQuery.Of(request.Query);
        var opened = await OpenAsync(request, cancellationToken);
        var segments = opened.SelectMany(item => item.Segments).ToArray();
        using var scoring = new Scoring(segments, query.Terms, cancellationToken);
        var terms = query.Terms.Select(term => term.Name).ToHashSet(StringComparer.Ordinal);
        var hits = new List<PassageHit>();
        var damaged = new Dictionary<(CollectionId, DocumentId), DamagedDocument>();
        foreach (var (segment, number, ordinal, score) in Rank(segments, scoring, request))
        {
            var collection = segments[segment].Collection;
            var document = segments[segment].Documents[number]!;
            if (damaged.ContainsKey((collection, document.Id)))
            {
                continue;
            }

            try
            {
                hits.Add(await _reading.ReadAsync(collection, document, ordinal, score, terms, cancellationToken));
            }
            catch (TerroirException exception) when (request.LeavesOutDamaged
                && exception is BlobCorruptException or BlobMissingException)
            {
                damaged.Add((collection, document.Id), new DamagedDocument(collection, document.Id, exception.Code));
                hits.RemoveAll(hit => hit.Collection == collection && hit.Document.Id == document.Id);
            }
        }

        // A collection in which nothing is readable is not named: its generations would tell of changes in it.
        var heads = opened.Where(item => item.Segments.Any(segment => segment.IsOpen)).Select(item => item.Head);
        return new SearchResult(hits, [.. heads])
        {
            Statistics = scoring.Statistics,
            Damaged = [.. damaged.Values],
        };
    }

    public void Dispose() => _snapshots.Dispose();

    private static IEnumerable<(int Segment, int Document, int Ordinal, double Score)> Rank(
        ReadableSegment[] segments,
        Scoring scoring,
        SearchRequest request)
    {
        var documents = scoring.Best(request.OnePerDocument ? request.Count : request.Count * CandidateFactor);
        var passages = scoring.Passages(documents);
        return request.OnePerDocument
            ? documents.Zip(passages, (document, scores) =>
                (document.Segment, document.Document, Array.IndexOf(scores, scores.Max()), document.Score))
            : documents
                .Zip(passages, (document, scores) => scores.Index()
                    .Where(passage => passage.Item > 0)
                    .Select(passage => (Ranked: document, Ordinal: passage.Index, Passage: passage.Item)))
                .SelectMany(items => items)
                .Select(item => (Ranked: item.Ranked with { Score = item.Ranked.Score + item.Passage }, item.Ordinal))
                .OrderBy(item => item.Ranked)
                .ThenBy(item => item.Ordinal)
                .Take(request.Count)
                .Select(item => (item.Ranked.Segment, item.Ranked.Document, item.Ordinal, item.Ranked.Score));
    }

    private async Task<IReadOnlyList<OpenedCollection>> OpenAsync(
        SearchRequest request,
        CancellationToken cancellationToken)
    {
        var opened = new List<OpenedCollection>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (request.Collections.Count > 0 && !request.Collections.Contains(head.Collection))
            {
                continue;
            }

            if (await _snapshots.OpenAsync(head, cancellationToken) is { } snapshot)
            {
                opened.Add(new OpenedCollection(
                    snapshot.Head,
                    [.. snapshot.Segments.Select(segment => new ReadableSegment(head.Collection, segment, request))]));
            }
        }

        return opened;
    }

    private sealed record OpenedCollection(Storage.CollectionHead Head, IReadOnlyList<ReadableSegment> Segments);
}
