namespace Terroir.Retrieval.Vocabulary;

/// <summary>How many letters differ: insertions, deletions, replacements, and swaps of neighbours (optimal string
/// alignment; Damerau 1964).</summary>
internal static class EditDistance
{
    /// <summary>The distance of two texts, by characters.</summary>
    public static int Of(string left, string right)
    {
        var rows = new int[left.Length + 1][];
        rows[0] = [.. Enumerable.Range(0, right.Length + 1)];
        for (var at = 1; at <= left.Length; at++)
        {
            rows[at] = new int[right.Length + 1];
            FillRow(rows, at, left, right);
        }

        return rows[left.Length][right.Length];
    }

    /// <summary>Fills one row of the table from those above it.</summary>
    /// <param name="rows">The table; row <paramref name="at"/> is as long as <paramref name="right"/> and one more.
    /// </param>
    /// <param name="at">How many letters of <paramref name="left"/> the row is for; at least 1.</param>
    /// <param name="left">The letters of the rows.</param>
    /// <param name="right">The letters of the columns.</param>
    /// <returns>The least value of the row: no longer text with this beginning is nearer.</returns>
    public static int FillRow(int[][] rows, int at, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (row, above) = (rows[at], rows[at - 1]);
        row[0] = at;
        var least = at;
        for (var column = 1; column <= right.Length; column++)
        {
            var differs = left[at - 1] == right[column - 1] ? 0 : 1;
            var value = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + differs);
            if (at > 1 && column > 1 && left[at - 1] == right[column - 2] && left[at - 2] == right[column - 1])
            {
                value = Math.Min(value, rows[at - 2][column - 2] + 1);
            }

            row[column] = value;
            least = Math.Min(least, value);
        }

        return least;
    }
}
