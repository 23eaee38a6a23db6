using Microsoft.Extensions.Options;
using Terroir.Catalog;
using Terroir.Retrieval.Derived;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Explaining;
using Terroir.Retrieval.Fusion;
using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Vocabulary;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Searches the heads of collections under the asker's bitmap: by words, and by what they mean.</summary>
/// <param name="catalog">The collections.</param>
/// <param name="options">The settings.</param>
/// <param name="files">Keeps what opening computes; <see langword="null"/> for nothing.</param>
/// <param name="encoders">The encoders of the site; <see langword="null"/> for none.</param>
internal sealed class BitmapRetriever(
    ICatalog catalog,
    IOptions<RetrievalOptions>? options = null,
    SnapshotFiles? files = null,
    IPassageEncoders? encoders = null)
    : IRetriever, IDisposable
{
    /// <summary>How often hits are chosen while damaged documents that have copies drop out.</summary>
    internal const int AttemptCountMax = 3;

    private readonly RetrievalOptions _options = options?.Value ?? new RetrievalOptions();
    private readonly SnapshotCache _snapshots = new(catalog, files);
    private readonly PassageReading _reading = new(catalog);

    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        Expect(request);
        var query = SearchQuery.Of(request.Query, request.HasSyntax);
        request = request with { Rows = query.Parsed.Rows };
        var opened = await OpenAsync(request, cancellationToken);
        var segments = opened.SelectMany(item => item.Segments).ToArray();
        query = new AcronymExpansion(segments, cancellationToken).Expand(query);
        using var scoring = new Scoring(segments, query.Terms, cancellationToken);
        var conditions = new QueryConditions(segments, query.Parsed, _reading);
        await conditions.ApplyAsync(scoring, request.Count, cancellationToken);
        var best = scoring.FindBest();
        var encoded = await EncoderLeg.ApplyAsync(
            scoring,
            query.Parsed.Words,
            best,
            mayJoin: !query.Parsed.HasConditions,
            string.IsNullOrWhiteSpace(query.Parsed.Words) ? [] : [.. WeighVectors(opened, request)],
            cancellationToken);
        var meanings = MeaningLeg.Apply(scoring, query.Terms, best, [.. Weigh(opened, request)]);
        var ranking = new Ranking(segments, scoring, request, conditions, encoded);
        var terms = query.Terms.Select(term => term.Name).ToHashSet(StringComparer.Ordinal);
        var damaged = new Dictionary<(CollectionId, DocumentId), DamagedDocument>();
        var explaining = request.Explains ? new HitExplaining(segments, scoring, meanings, encoded, request) : null;
        var recurring = new RecurringBlocks(segments, cancellationToken);
        var hits = await ReadAsync(ranking, explaining, recurring, terms, damaged, cancellationToken);

        // Where a document that stands for others is damaged, one of them takes its place.
        for (var (attempt, left) = (1, 0); left < damaged.Count && attempt < AttemptCountMax; attempt++)
        {
            left = damaged.Count;
            hits = await ReadAsync(ranking, explaining, recurring, terms, damaged, cancellationToken);
        }

        // A collection in which nothing is readable is not named: its generations would tell of changes in it.
        var heads = opened.Where(item => item.Segments.Any(segment => segment.IsOpen)).Select(item => item.Head);
        return new SearchResult(KinGroups.LinkVersions(hits), [.. heads])
        {
            Statistics = scoring.Statistics,
            Suggestion = request.HasSyntax
                ? await new SpellingSuggestions(segments, scoring.Statistics, _reading)
                    .FindAsync(query, hits.Count, cancellationToken)
                : null,
            Damaged = [.. damaged.Values],
            Today = request.Today,
        };
    }

    public void Dispose() => _snapshots.Dispose();

    private static void Expect(SearchRequest request)
    {
        if (request.Count is < 1 or > SearchRequest.HitCountMax)
        {
            throw new ArgumentException($"Ask for 1 to {SearchRequest.HitCountMax} hits.", nameof(request));
        }

        if (request.PerDocument is < 1 or > SearchRequest.HitCountMax)
        {
            throw new ArgumentException($"Ask for 1 to {SearchRequest.HitCountMax} of a document.", nameof(request));
        }

        if (request.MeaningWeight is < 0 or > SearchRequest.MeaningWeightMax or double.NaN)
        {
            throw new ArgumentException(
                $"The weight of meaning is 0 to {SearchRequest.MeaningWeightMax}.",
                nameof(request));
        }
    }

    private async Task<List<PassageHit>> ReadAsync(
        Ranking ranking,
        HitExplaining? explaining,
        RecurringBlocks recurring,
        HashSet<string> terms,
        Dictionary<(CollectionId, DocumentId), DamagedDocument> damaged,
        CancellationToken cancellationToken)
    {
        var choice = ranking.StartChoice();
        foreach (var ranked in ranking.List(damaged.Keys.ToHashSet()))
        {
            if (choice.IsSettled(ranked.Score))
            {
                break;
            }

            var (collection, document, ordinal, score, group) = ranked;
            if (damaged.ContainsKey((collection, document.Id)))
            {
                continue;
            }

            try
            {
                var hit = await _reading.ReadAsync(collection, document, ordinal, score, terms, cancellationToken);
                hit = hit with
                {
                    Duplicates = group.Kin,
                    Explanation = explaining?.Explain(ranked),
                    Recurring = recurring.Find(hit.Text),
                };
                choice.Add(hit.Less(ranked.Own * RecurringBlocks.LossOf(hit)));
            }
            catch (TerroirException exception) when (ranking.LeavesOutDamaged
                && exception is BlobCorruptException or BlobMissingException)
            {
                damaged.Add((collection, document.Id), new DamagedDocument(collection, document.Id, exception.Code));
                choice.Drop(collection, document.Id);
            }
        }

        return choice.List();
    }

    private async Task<IReadOnlyList<OpenedCollection>> OpenAsync(
        SearchRequest request,
        CancellationToken cancellationToken)
    {
        var opened = new List<OpenedCollection>();
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if ((request.Collections.Count > 0 && !request.Collections.Contains(head.Collection))
                || !request.Asker.MayEnter(head.Collection))
            {
                continue;
            }

            if (await _snapshots.OpenAsync(head, cancellationToken) is { } snapshot)
            {
                opened.Add(new OpenedCollection(
                    snapshot,
                    [.. snapshot.Segments.Select(segment => new ReadableSegment(head.Collection, segment, request))]));
            }
        }

        return opened;
    }

    private IEnumerable<WeighedMeaning> Weigh(IReadOnlyList<OpenedCollection> opened, SearchRequest request)
    {
        var first = 0;
        foreach (var (snapshot, segments) in opened)
        {
            var weight = request.MeaningWeight ?? _options.WeightOf(snapshot.Head.Collection);
            if (weight > 0 && EncoderOf(snapshot) is null && snapshot.Meaning is { } meaning)
            {
                yield return new WeighedMeaning(
                    meaning,
                    weight,
                    first,
                    [.. snapshot.Segments.Select(segment => segment.Hash)]);
            }

            first += segments.Count;
        }
    }

    private IEnumerable<WeighedVectors> WeighVectors(IReadOnlyList<OpenedCollection> opened, SearchRequest request)
    {
        var first = 0;
        foreach (var (snapshot, segments) in opened)
        {
            var weight = request.MeaningWeight ?? _options.EncoderWeightOf(snapshot.Head.Collection);
            if (weight > 0 && segments.Any(segment => segment.Selected.Count > 0)
                && EncoderOf(snapshot) is { } encoder)
            {
                yield return new WeighedVectors(
                    snapshot.Vectors!,
                    encoder,
                    weight,
                    first,
                    [.. segments.Select(segment => segment.Selected)])
                {
                    Principals = request.HasFilter || segments.Any(segment => segment.HasEnds)
                        ? null
                        : request.Asker.Principals,
                };
            }

            first += segments.Count;
        }
    }

    private PassageEncoder? EncoderOf(CollectionSnapshot snapshot) =>
        snapshot.Vectors is { } vectors ? encoders?.Find(vectors.Encoder) : null;

    private sealed record OpenedCollection(CollectionSnapshot Snapshot, IReadOnlyList<ReadableSegment> Segments)
    {
        public CollectionHead Head => Snapshot.Head;
    }
}
