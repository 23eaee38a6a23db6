namespace Terroir.Retrieval.Vectors;

/// <summary>Divides vectors into lists: Lloyd's k-means on a sample, then each vector to the centre nearest by L2.
/// </summary>
/// <remarks>By L2 also where the score is an inner product: a search ranks lists by the same distance, and lists ranked
/// by another than the one that they were made by need eight times as many visits (measured). Sums have a fixed order:
/// any number of threads gives the same centres.</remarks>
internal static class Clustering
{
    private const int SampleRowsPerList = 40;
    private const int RoundCount = 6;

    /// <summary>Learns the centres and assigns all rows.</summary>
    /// <param name="rows">The vectors.</param>
    /// <param name="order">Their order, which must not depend on how they came.</param>
    /// <param name="listCount">How many lists.</param>
    /// <param name="seed">Which sample.</param>
    /// <param name="path">The kernels.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Clusters Learn(
        VectorRows rows,
        int[] order,
        int listCount,
        ulong seed,
        VectorPath path,
        IProgress<VectorBuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        var mean = Average(rows, order);
        if (listCount == 1)
        {
            return new Clusters(mean, [.. mean], [0, order.Length], order);
        }

        var sample = Sample(order, listCount * SampleRowsPerList, seed);
        var centres = new Centres(listCount, rows.Stride);
        for (var list = 0; list < listCount; list++)
        {
            centres.Set(list, rows, [sample[list]]);
        }

        var assigned = new int[sample.Length];
        for (var round = 0; round < RoundCount; round++)
        {
            path.Assign(rows, sample, centres, assigned, progress: null, cancellationToken);
            var (starts, members) = Group(sample, assigned, listCount);
            Parallel.For(0, listCount, Options(cancellationToken), list =>
                centres.Set(list, rows, members.AsSpan(starts[list]..starts[list + 1])));
            progress?.Report(new VectorBuildProgress(VectorBuildPhase.Learn, (round + 1.0) / RoundCount));
        }

        assigned = new int[order.Length];
        path.Assign(rows, order, centres, assigned, progress, cancellationToken);
        var (allStarts, allMembers) = Group(order, assigned, listCount);
        return new Clusters(mean, centres.ToArray(), allStarts, allMembers);
    }

    /// <summary>As many threads as processors, until cancelled.</summary>
    public static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };

    private static unsafe float[] Average(VectorRows rows, int[] order)
    {
        var sums = new double[rows.Stride];
        foreach (var row in order)
        {
            var values = rows.Row(row);
            for (var at = 0; at < sums.Length; at++)
            {
                sums[at] += values[at];
            }
        }

        return [.. sums.Select(sum => (float)(sum / Math.Max(1, order.Length)))];
    }

    // The first so many of a shuffle.
    private static int[] Sample(int[] order, int count, ulong seed)
    {
        var shuffled = order.ToArray();
        var random = new SplitMix(seed);
        count = Math.Min(count, shuffled.Length);
        for (var at = 0; at < count; at++)
        {
            var other = at + random.Below(shuffled.Length - at);
            (shuffled[at], shuffled[other]) = (shuffled[other], shuffled[at]);
        }

        return shuffled[..count];
    }

    private static (int[] Starts, int[] Members) Group(int[] rows, int[] assigned, int listCount)
    {
        var starts = new int[listCount + 1];
        foreach (var list in assigned)
        {
            starts[list + 1]++;
        }

        for (var list = 0; list < listCount; list++)
        {
            starts[list + 1] += starts[list];
        }

        var next = starts.ToArray();
        var members = new int[rows.Length];
        for (var at = 0; at < rows.Length; at++)
        {
            members[next[assigned[at]]++] = rows[at];
        }

        return (starts, members);
    }
}
