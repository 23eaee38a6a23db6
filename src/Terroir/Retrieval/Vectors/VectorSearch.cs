using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Searches blocks and a tail as if they were one.</summary>
internal static class VectorSearch
{
    /// <summary>Returns the vectors nearest to a query.</summary>
    /// <param name="scopes">The blocks, with the same metric and dimensions.</param>
    /// <param name="tail">The vectors that are in no block yet, with a bit for each number that is allowed; or
    /// <see langword="null"/>. In hits it is the source after the blocks.</param>
    /// <param name="query">The query.</param>
    /// <param name="count">How many to return at most, 1 to <see cref="VectorLimits.CountMax"/>.</param>
    /// <param name="mode">Whether bounds are proved or probable.</param>
    /// <exception cref="VectorUnusableException">The query has another length or is not finite.</exception>
    public static VectorHit[] Run(
        IReadOnlyList<VectorScope> scopes,
        (VectorTail Tail, ReadOnlyMemory<ulong>? Allowed)? tail,
        ReadOnlySpan<float> query,
        int count,
        VectorSearchMode mode) =>
        Run(scopes, tail, query, count, SearchSettings.Of(mode));

    /// <summary>As above, with chosen settings.</summary>
    internal static VectorHit[] Run(
        IReadOnlyList<VectorScope> scopes,
        (VectorTail Tail, ReadOnlyMemory<ulong>? Allowed)? tail,
        ReadOnlySpan<float> query,
        int count,
        SearchSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, VectorLimits.CountMax);
        var hits = new TopHits(count);
        var entered = 0;
        try
        {
            for (var source = 0; source < scopes.Count; source++)
            {
                var block = scopes[source].Block;
                VectorLimits.Check(query, block.Format.Dimensions);
                block.Enter();
                entered++;
                block.Search(settings, query, scopes[source].Allowed, source, hits);
            }

            if (tail is { } last)
            {
                VectorLimits.Check(query, last.Tail.Dimensions);
                var stride = VectorLimits.Pad(query.Length, IVectorKernels.LaneCount);
                var prepared = new PreparedQuery(stride, IVectorKernels.CodeLaneCount);
                prepared.SetValues(query);
                settings.Path.Search(new TailTask(last.Tail, scopes.Count, last.Allowed, prepared), hits);
            }

            return hits.ToArray();
        }
        finally
        {
            for (var source = 0; source < entered; source++)
            {
                scopes[source].Block.Leave();
            }
        }
    }
}
