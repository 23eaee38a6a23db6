using System.Runtime.CompilerServices;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The score that results carry and are ordered by: of the vectors themselves, never of codes.</summary>
internal static unsafe class ExactScore<TKernels>
    where TKernels : struct, IVectorKernels
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(VectorMetric metric, float* query, float* vector, int stride) =>
        metric == VectorMetric.SquaredL2
            ? -TKernels.SquaredDistance(query, vector, stride)
            : TKernels.Dot(query, vector, stride);
}
