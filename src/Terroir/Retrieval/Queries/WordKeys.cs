using Terroir.Retrieval.Text;

namespace Terroir.Retrieval.Queries;

/// <summary>Tells which terms of the two chains are the same words of a text.</summary>
internal static class WordKeys
{
    /// <summary>Joins terms that stand in one place, and those that are joined to the same.</summary>
    /// <param name="one">The terms of one chain, in order.</param>
    /// <param name="other">The terms of the other chain, in order.</param>
    /// <returns>For each term what its word is called: the first of its terms by bytes of UTF-16.</returns>
    public static IReadOnlyDictionary<string, string> Of(List<Token> one, List<Token> other)
    {
        var parents = one.Concat(other).Select(token => token.Term).Distinct(StringComparer.Ordinal)
            .ToDictionary(term => term, term => term, StringComparer.Ordinal);
        var at = 0;
        foreach (var token in one)
        {
            while (at < other.Count && other[at].End <= token.Start)
            {
                at++;
            }

            for (var next = at; next < other.Count && other[next].Start < token.End; next++)
            {
                Join(parents, token.Term, other[next].Term);
            }
        }

        return parents.Keys.ToDictionary(term => term, term => Root(parents, term), StringComparer.Ordinal);
    }

    private static void Join(Dictionary<string, string> parents, string one, string other)
    {
        var (first, second) = (Root(parents, one), Root(parents, other));
        var isFirst = string.CompareOrdinal(first, second) < 0;
        parents[isFirst ? second : first] = isFirst ? first : second;
    }

    private static string Root(Dictionary<string, string> parents, string term)
    {
        while (!string.Equals(parents[term], term, StringComparison.Ordinal))
        {
            term = parents[term];
        }

        return term;
    }
}
