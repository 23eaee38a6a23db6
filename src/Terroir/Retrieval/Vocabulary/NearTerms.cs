using System.Text;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval.Vocabulary;

/// <summary>Finds the terms of a segment that a misspelt word may have been meant for.</summary>
/// <remarks>A term is a stem and a word is not: a term fits if it is near a beginning of the word and the rest of the
/// word can be an ending. Terms are sorted, so that terms with a common beginning share the rows of the table of
/// distances, and a beginning that is too far away is skipped with all that follow it.</remarks>
internal static class NearTerms
{
    /// <summary>The longest ending that stemming takes off, in letters.</summary>
    internal const int EndingLengthMax = 6;

    // An ending costs less than a wrong letter.
    private const double EndingCost = 0.5;

    /// <summary>Lists the terms of a chain that fit a word.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="word">The word, folded; its first letter is taken to be right.</param>
    /// <param name="bound">The greatest distance.</param>
    /// <returns>The names of the terms, each with what it costs: the distance, and a part of the ending's length.
    /// </returns>
    public static List<(string Term, double Cost)> Find(SegmentReader reader, string chain, string word, int bound)
    {
        var found = new List<(string, double)>();
        var prefix = Encoding.UTF8.GetBytes($"{chain}:{word[0]}");
        var chainLength = chain.Length + 1;
        var rows = new int[word.Length + bound + 2][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = [.. Enumerable.Range(0, word.Length + 1)];
        }

        var known = "";
        for (var term = reader.FindFrom(prefix); term < reader.TermCount && reader.Name(term).StartsWith(prefix);)
        {
            var name = Encoding.UTF8.GetString(reader.Name(term));
            var stem = name[chainLength..];
            var length = FillRows(rows, known, stem, word, bound);
            known = stem[..length];
            if (length < stem.Length)
            {
                // Half a pair of surrogates is no prefix: then the next term is as good as any.
                var next = reader.FindFrom(After(Encoding.UTF8.GetBytes($"{chain}:{stem[..(length + 1)]}")));
                term = Math.Max(next, term + 1);
                continue;
            }

            if (CostOf(rows[length], bound) is { } cost)
            {
                found.Add((name, cost));
            }

            term++;
        }

        return found;
    }

    // Returns how many rows are near enough: fewer than the stem has letters if it is too far away.
    private static int FillRows(int[][] rows, string known, string stem, string word, int bound)
    {
        var at = known.AsSpan().CommonPrefixLength(stem);
        while (at < stem.Length)
        {
            if (at + 1 == rows.Length || EditDistance.FillRow(rows, at + 1, stem, word) > bound)
            {
                return at;
            }

            at++;
        }

        return at;
    }

    private static double? CostOf(int[] row, int bound)
    {
        double? best = null;
        for (var column = Math.Max(1, row.Length - 1 - EndingLengthMax); column < row.Length; column++)
        {
            var cost = row[column] + (EndingCost * (row.Length - 1 - column));
            best = row[column] <= bound && !(best <= cost) ? cost : best;
        }

        return best;
    }

    // The first name after all that begin with some bytes; no byte of UTF-8 is the greatest.
    private static byte[] After(byte[] prefix)
    {
        prefix[^1]++;
        return prefix;
    }
}
