namespace Terroir.Ingestion.Quality;

/// <summary>What counts of documents by grade say: how many have A, B, C, D, E, and how many none.</summary>
public static class GradeCounts
{
    private const int GradeCount = 5;

    /// <summary>The share of grades A and B among those that there are.</summary>
    /// <param name="counts">The six counts.</param>
    /// <returns>0 to 1; <see langword="null"/> if no document has a grade.</returns>
    public static double? GoodShare(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var graded = counts.Take(GradeCount).Sum();
        return graded == 0 ? null : (counts[0] + counts[1]) / (double)graded;
    }
}
