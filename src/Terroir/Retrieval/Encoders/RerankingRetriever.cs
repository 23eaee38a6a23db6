namespace Terroir.Retrieval.Encoders;

/// <summary>Lets a reranker order the best hits of a search anew.</summary>
/// <remarks>The best of them gets the greatest of their scores, and so on, so that scores stay comparable within the
/// result. It reads nothing but hits, so what the asker may not read changes nothing. Equal judgements keep the order
/// of the search.</remarks>
/// <param name="inner">The search.</param>
/// <param name="encoders">The models of the site; <see langword="null"/> for none.</param>
internal sealed class RerankingRetriever(IRetriever inner, IPassageEncoders? encoders) : IRetriever
{
    /// <summary>How many hits it orders: each costs the model a reading.</summary>
    internal const int CandidateCount = 20;

    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        // Words alone are asked for by weight 0; a count that is refused is refused by the search.
        if (request.Count < 1 || request.MeaningWeight is 0 || encoders?.Reranker is not { } reranker)
        {
            return await inner.SearchAsync(request, cancellationToken);
        }

        var wide = request with { Count = Math.Max(request.Count, CandidateCount) };
        var result = await inner.SearchAsync(wide, cancellationToken);
        var query = SearchQuery.Of(request.Query, request.HasSyntax).Parsed.Words;
        var hits = result.Hits.Take(CandidateCount).ToArray();
        var judgements = new float[hits.Length];
        for (var at = 0; at < hits.Length; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            judgements[at] = reranker.Score(
                query,
                EmbeddedText.Of(hits[at].Document.Title, hits[at].Passage, hits[at].Text));
        }

        var ordered = hits.Zip(judgements)
            .OrderByDescending(item => item.Second)
            .Select((item, rank) => Move(item.First, hits[rank].Score));
        return result with { Hits = [.. ordered.Concat(result.Hits.Skip(CandidateCount)).Take(request.Count)] };
    }

    private static PassageHit Move(PassageHit hit, double score) => hit with
    {
        Score = score,
        Explanation = hit.Explanation is { } explanation && score != hit.Score
            ? explanation with { Parts = [.. explanation.Parts, new ScorePart("reranker", score - hit.Score)] }
            : hit.Explanation,
    };
}
