using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Terroir.Retrieval.Vectors.Kernels;

/// <summary>The one order in which lanes are added: halves onto one another until one is left.</summary>
internal static class LaneSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector512<float> lanes) => Of(lanes.GetLower() + lanes.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector256<float> lanes) => Of(lanes.GetLower() + lanes.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector128<float> lanes)
    {
        var pairs = lanes + Vector128.Shuffle(lanes, Vector128.Create(2, 3, 2, 3));
        return pairs.GetElement(0) + pairs.GetElement(1);
    }

    /// <summary>The same for lanes in memory; they are overwritten.</summary>
    public static float Of(Span<float> lanes)
    {
        for (var half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }
}
