using System.Buffers;

namespace Terroir.Retrieval;

/// <summary>Finds the score that the best documents reach, by partial sorting (quickselect; Hoare, 1961).</summary>
internal static class TopScores
{
    private const int SortedCount = 32;

    /// <summary>The score of a rank among the positive scores.</summary>
    /// <param name="scores">All scores of all segments, one array each.</param>
    /// <param name="rank">The rank, from 1.</param>
    /// <returns>The score; 0 if fewer are positive. No more than <paramref name="rank"/> are greater.</returns>
    public static double Of(IReadOnlyList<ArraySegment<double>> scores, int rank)
    {
        // One more: the last that is not positive is written too.
        var all = ArrayPool<double>.Shared.Rent(scores.Sum(part => part.Count) + 1);
        try
        {
            var count = 0;
            foreach (var part in scores)
            {
                foreach (var score in part.AsSpan())
                {
                    all[count] = score;
                    count += score > 0 ? 1 : 0;
                }
            }

            return count < rank ? 0 : Select(all.AsSpan(0, count), rank);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(all);
        }
    }

    private static double Select(Span<double> values, int rank)
    {
        // After so many rounds the values are made to be slow: sorting takes n log n whatever they are.
        for (var left = 2 * (int)Math.Log2(values.Length + 1); values.Length > SortedCount && left > 0; left--)
        {
            var pivot = Median(values[0], values[values.Length / 2], values[^1]);
            var (greater, equal) = Partition(values, pivot);
            if (rank <= greater)
            {
                values = values[..greater];
            }
            else if (rank <= greater + equal)
            {
                return pivot;
            }
            else
            {
                values = values[(greater + equal)..];
                rank -= greater + equal;
            }
        }

        values.Sort();
        return values[^rank];
    }

    // Greater values first, then the equal ones, then the others (Dijkstra's flag).
    private static (int Greater, int Equal) Partition(Span<double> values, double pivot)
    {
        var (greater, at, smaller) = (0, 0, values.Length);
        while (at < smaller)
        {
            var value = values[at];
            if (value > pivot)
            {
                (values[at++], values[greater]) = (values[greater], value);
                greater++;
            }
            else if (value < pivot)
            {
                smaller--;
                (values[at], values[smaller]) = (values[smaller], value);
            }
            else
            {
                at++;
            }
        }

        return (greater, smaller - greater);
    }

    private static double Median(double x, double y, double z) =>
        Math.Max(Math.Min(x, y), Math.Min(Math.Max(x, y), z));
}
