using System.Text;
using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Text;

namespace Terroir.Retrieval;

/// <summary>A query as the index understands it: its terms in both chains, with how often each was said.</summary>
internal sealed class SearchQuery
{
    private SearchQuery(string text, ParsedQuery parsed, IReadOnlyList<QueryTerm> terms)
    {
        Text = text;
        Parsed = parsed;
        Terms = terms;
    }

    /// <summary>The query in form NFC.</summary>
    public string Text { get; }

    /// <summary>The query in parts.</summary>
    public ParsedQuery Parsed { get; }

    /// <summary>The terms by name: sums run in this order and no other.</summary>
    public IReadOnlyList<QueryTerm> Terms { get; }

    /// <summary>Analyses a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="hasSyntax">Whether its signs mean something.</param>
    /// <exception cref="QueryTooLongException">It is too long.</exception>
    public static SearchQuery Of(string query, bool hasSyntax = false)
    {
        if (query.Length > SearchRequest.QueryLengthMax)
        {
            throw new QueryTooLongException(query.Length, SearchRequest.QueryLengthMax, "characters");
        }

        var normal = WellFormed(query).Normalize();
        var parsed = hasSyntax ? QuerySyntax.Parse(normal) : new ParsedQuery { Words = normal };
        var terms = new List<QueryTerm>();
        foreach (var chain in TextAnalysis.Chains)
        {
            var counts = TextAnalysis.Analyze(parsed.Words, chain).CountBy(token => token.Term).ToArray();
            if (counts.Length > SearchRequest.TermCountMax)
            {
                throw new QueryTooLongException(counts.Length, SearchRequest.TermCountMax, "different words");
            }

            terms.AddRange(counts.Select(pair => new QueryTerm(pair.Key, pair.Value)));
        }

        terms.Sort(static (x, y) => string.CompareOrdinal(x.Name, y.Name));
        return new SearchQuery(normal, parsed, terms);
    }

    // Half of a surrogate pair is no character, and normalising refuses it.
    private static string WellFormed(string query) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(query));
}

/// <summary>A term of a query.</summary>
/// <param name="Name">The chain, a colon, the term.</param>
/// <param name="Weight">How often the query says it; less for what the query does not say itself.</param>
/// <param name="Origin">Where it is from: <see cref="FromQuery"/>, or what added it.</param>
internal sealed record QueryTerm(string Name, double Weight, string Origin = QueryTerm.FromQuery)
{
    /// <summary>The query says it itself.</summary>
    public const string FromQuery = "query";
}
