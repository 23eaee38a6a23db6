namespace Terroir.Bench.Vectors;

/// <summary>What is right: the rows that a scan finds, for each filter.</summary>
internal sealed record VectorTruths(IReadOnlyList<VectorTruth> All)
{
    public static VectorTruths Find(VectorWork work, int count)
    {
        var scan = new BruteForce(work);
        return new VectorTruths(
        [
            .. VectorFilter.All(work).Select(filter => new VectorTruth(
                filter,
                [.. Enumerable.Range(0, work.QueryCount).Select(query => scan.Search(query, count, filter.Bitmap))])),
        ]);
    }
}

/// <summary>The rows that are right for each query under a filter.</summary>
internal sealed record VectorTruth(VectorFilter Filter, int[][] Rows)
{
    /// <summary>Which share of the right rows was found.</summary>
    public double Recall(IReadOnlyList<int[]> found)
    {
        var right = found.Select((rows, query) => rows.Intersect(Rows[query]).Count()).Sum();
        return (double)right / Rows.Sum(rows => rows.Length);
    }
}
