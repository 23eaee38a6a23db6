using System.Text;
using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Text;

namespace Terroir.Retrieval;

/// <summary>A query as the index understands it: its terms in both chains, with how often each was said.</summary>
internal sealed class SearchQuery
{
    /// <summary>What a word weighs that is part of an identifier.</summary>
    internal const double PartWeight = 0.5;

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

    /// <summary>The terms by word, then by name: sums run in this order and no other.</summary>
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

        var normal = NormalForm.Of(WellFormed(query));
        var parsed = hasSyntax ? QuerySyntax.Parse(normal) : new ParsedQuery { Words = normal };
        var identifiers = IdentifierFinder.Find(parsed.Words).ToArray();
        var terms = new List<QueryTerm>();
        var words = TextAnalysis.Chains.Select(chain => TextAnalysis.Analyze(parsed.Words, chain)).ToArray();
        var keys = WordKeys.Of(words[0], words[1]);
        foreach (var tokens in words)
        {
            var counts = Weigh(tokens, identifiers);
            if (counts.Count > SearchRequest.TermCountMax)
            {
                throw new QueryTooLongException(counts.Count, SearchRequest.TermCountMax, "different words");
            }

            terms.AddRange(counts.Select(pair => new QueryTerm(pair.Key, pair.Value) { Word = keys[pair.Key] }));
        }

        terms.AddRange(identifiers
            .CountBy(token => token.Term)
            .Take(SearchRequest.TermCountMax)
            .Select(pair => new QueryTerm(pair.Key, pair.Value, QueryTerm.FromIdentifier)));
        terms.Sort(InOrder);
        return new SearchQuery(normal, parsed, terms);
    }

    /// <summary>The query with further terms; one that it has already stays as it is, and each is added once.</summary>
    public SearchQuery With(IEnumerable<QueryTerm> added)
    {
        var known = Terms.Select(term => term.Name).ToHashSet(StringComparer.Ordinal);
        var terms = Terms.Concat(added.Where(term => known.Add(term.Name))).ToList();
        terms.Sort(InOrder);
        return new SearchQuery(Text, Parsed, terms);
    }

    private static int InOrder(QueryTerm one, QueryTerm other) =>
        string.CompareOrdinal(one.Word, other.Word) is not 0 and var byWord
            ? byWord
            : string.CompareOrdinal(one.Name, other.Name);

    // Half of a surrogate pair is no character, and normalising refuses it.
    private static string WellFormed(string query) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(query));

    // Words of an identifier share its weight with it: else what is written in three parts would count three times.
    private static Dictionary<string, double> Weigh(List<Token> words, Token[] identifiers)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var isPart = Array.Exists(identifiers, id => id.Start < word.End && word.Start < id.End);
            weights[word.Term] = weights.GetValueOrDefault(word.Term) + (isPart ? PartWeight : 1);
        }

        return weights;
    }
}

/// <summary>A term of a query.</summary>
/// <param name="Name">The chain, a colon, the term.</param>
/// <param name="Weight">How often the query says it; less for parts of an identifier and for what was added.</param>
/// <param name="Origin">Where it is from: <see cref="FromQuery"/>, or what added it.</param>
internal sealed record QueryTerm(string Name, double Weight, string Origin = QueryTerm.FromQuery)
{
    /// <summary>The query says it itself.</summary>
    public const string FromQuery = "query";

    /// <summary>The query says it in one of its spellings.</summary>
    public const string FromIdentifier = "identifier";

    /// <summary>What its word is called: the terms of both chains for one word share it. How rare a word is counts over
    /// all of them, so that a document in the other language does not seem to hold rare words.</summary>
    public string Word { get; init; } = Name;

    /// <summary>Whether the query says it itself.</summary>
    public bool IsFromQuery => string.Equals(Origin, FromQuery, StringComparison.Ordinal);
}
