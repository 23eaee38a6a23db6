using System.Collections.Concurrent;
using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval.Text;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Searches the heads of collections under the asker's bitmap.</summary>
internal sealed class BitmapRetriever(ICatalog catalog) : IRetriever
{
    private const int CandidateFactor = 3;

    private readonly ConcurrentDictionary<CollectionId, CollectionSnapshot> _snapshots = new();

    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.Count is < 1 or > 1_000)
        {
            throw new ArgumentException("Ask for 1 to 1,000 hits.", nameof(request));
        }

        var snapshots = await OpenAsync(request, cancellationToken);
        var segments = snapshots
            .SelectMany(snapshot => snapshot.Segments.Select(segment =>
                new ReadableSegment(snapshot.Head.Collection, segment, request)))
            .ToArray();
        var query = TextAnalysis.Chains
            .SelectMany(chain => TextAnalysis.Analyze(request.Query, chain).Select(token => token.Term))
            .GroupBy(term => term, StringComparer.Ordinal)
            .Select(group => (Term: group.Key, Count: group.Count()))
            .OrderBy(item => item.Term, StringComparer.Ordinal)
            .ToArray();
        var scoring = new Scoring(segments, query, cancellationToken);
        var candidates = Rank(segments, scoring, request).Take(request.Count);
        var terms = query.Select(item => item.Term).ToHashSet(StringComparer.Ordinal);
        var reading = new PassageReading(catalog, terms);
        var hits = new List<PassageHit>();
        foreach (var (segment, document, ordinal, score) in candidates)
        {
            hits.Add(await reading.ReadAsync(
                segments[segment].Collection,
                segments[segment].Documents[document]!,
                ordinal,
                score,
                cancellationToken));
        }

        return new SearchResult(hits, [.. snapshots.Select(snapshot => snapshot.Head)]);
    }

    private static IEnumerable<(int Segment, int Document, int Ordinal, double Score)> Rank(
        ReadableSegment[] segments,
        Scoring scoring,
        SearchRequest request)
    {
        var documents = scoring.Documents().Take(request.Count * CandidateFactor);
        var passages = documents.SelectMany(item =>
        {
            var entry = segments[item.Segment].Reader.Documents[item.Document];
            return Enumerable.Range(0, entry.PassageCount)
                .Select(ordinal => (
                    item.Segment,
                    item.Document,
                    Ordinal: ordinal,
                    Passage: scoring.PassageScore(item.Segment, entry.FirstPassage + ordinal),
                    item.Score))
                .Where(passage => passage.Passage > 0)
                .OrderByDescending(passage => passage.Passage)
                .ThenBy(passage => passage.Ordinal)
                .Take(request.OnePerDocument ? 1 : entry.PassageCount);
        });
        return request.OnePerDocument
            ? passages.Select(item => (item.Segment, item.Document, item.Ordinal, item.Score))
            : passages.Select(item => (item.Segment, item.Document, item.Ordinal, Score: item.Score + item.Passage))
                .OrderByDescending(item => item.Score)
                .ThenBy(item => segments[item.Segment].Reader.Documents[item.Document].Id)
                .ThenBy(item => item.Ordinal);
    }

    private async Task<IReadOnlyList<CollectionSnapshot>> OpenAsync(
        SearchRequest request,
        CancellationToken cancellationToken)
    {
        var opened = new List<CollectionSnapshot>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (request.Collections.Count > 0 && !request.Collections.Contains(head.Collection))
            {
                continue;
            }

            _snapshots.TryGetValue(head.Collection, out var before);
            var snapshot = before?.Head.Generation == head.Generation
                ? before
                : await CollectionSnapshot.OpenAsync(catalog, head.Collection, before, cancellationToken);
            if (snapshot is not null)
            {
                _snapshots[head.Collection] = snapshot;
                opened.Add(snapshot);
            }
        }

        return opened;
    }
}

/// <summary>Reads the passages of one result; each document is read once.</summary>
internal sealed class PassageReading(ICatalog catalog, IReadOnlySet<string> terms)
{
    private readonly Dictionary<DocumentId, (ReadOnlyMemory<byte> Text, IReadOnlyList<Passage> Passages)> _read = [];

    public async Task<PassageHit> ReadAsync(
        CollectionId collection,
        DocumentVersion document,
        int ordinal,
        double score,
        CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue(document.Id, out var content))
        {
            content = (
                await catalog.ReadBlobAsync(document.Text, cancellationToken),
                await catalog.ReadPassagesAsync(document, cancellationToken));
            _read[document.Id] = content;
        }

        var passage = content.Passages[ordinal];
        var text = Encoding.UTF8.GetString(content.Text.Span[passage.Start..passage.End]);
        var chain = TextAnalysis.ChainOf(passage.Language);
        var highlights = TextAnalysis.Analyze(text, chain)
            .Where(token => terms.Contains(token.Term))
            .Select(token => new TextRange(token.Start, token.End));
        return new PassageHit(collection, document, passage, text, score, [.. highlights]);
    }
}
