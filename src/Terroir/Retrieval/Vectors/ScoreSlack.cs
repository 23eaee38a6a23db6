namespace Terroir.Retrieval.Vectors;

/// <summary>How far rounding can move a score or a bound.</summary>
/// <remarks>All that is added up is at most M² with M = ‖query‖ + 2·(greatest norm), and no sum is deeper than about 70
/// single-precision steps (a product of 4,096 components in 64 lanes, or four rounds of a rotation), each wrong by
/// 2^-24 at most; six such sums meet in one bound. That is below M²·2^-15.</remarks>
internal static class ScoreSlack
{
    private const float Share = 1.0f / (1 << 15);

    /// <summary>The slack, for one query.</summary>
    public static float Of(VectorBlockHeader header, float queryNorm)
    {
        var magnitude = queryNorm + (2 * header.NormMax);
        return (magnitude * magnitude * Share) + float.Epsilon;
    }
}
