using Terroir.Retrieval.Text;

namespace Terroir.Retrieval;

/// <summary>A query as the index understands it: its terms in both chains, with how often each was said.</summary>
internal sealed class SearchQuery
{
    private SearchQuery(IReadOnlyList<QueryTerm> terms) => Terms = terms;

    /// <summary>The terms by name: sums run in this order and no other.</summary>
    public IReadOnlyList<QueryTerm> Terms { get; }

    /// <summary>Analyses a query.</summary>
    /// <exception cref="QueryTooLongException">It is too long.</exception>
    public static SearchQuery Of(string query)
    {
        if (query.Length > SearchRequest.QueryLengthMax)
        {
            throw new QueryTooLongException(query.Length, SearchRequest.QueryLengthMax, "characters");
        }

        var terms = new List<QueryTerm>();
        foreach (var chain in TextAnalysis.Chains)
        {
            var counts = TextAnalysis.Analyze(query.Normalize(), chain).CountBy(token => token.Term).ToArray();
            if (counts.Length > SearchRequest.TermCountMax)
            {
                throw new QueryTooLongException(counts.Length, SearchRequest.TermCountMax, "different words");
            }

            terms.AddRange(counts.Select(pair => new QueryTerm(pair.Key, pair.Value)));
        }

        terms.Sort(static (x, y) => string.CompareOrdinal(x.Name, y.Name));
        return new SearchQuery(terms);
    }
}

/// <summary>A term of a query.</summary>
/// <param name="Name">The chain, a colon, the term.</param>
/// <param name="Count">How often the query says it.</param>
internal sealed record QueryTerm(string Name, int Count);
