using System.Runtime.InteropServices;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Finds the nearest centre of many rows: tiles of two rows and four centres, over batches of rows that stay
/// in the processor's cache.</summary>
internal static unsafe class NearestCentre<TKernels>
    where TKernels : struct, IVectorKernels
{
    private const int BatchCount = 32;
    private const int TileRowCount = 2;
    private const int ReportEvery = 64;

    /// <summary>See <see cref="VectorPath.Assign"/>.</summary>
    public static void Assign(
        VectorRows rows,
        int[] order,
        Centres centres,
        int[] assigned,
        IProgress<VectorBuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        var batchCount = (order.Length + BatchCount - 1) / BatchCount;
        var done = 0;
        Parallel.For(
            0,
            batchCount,
            Clustering.Options(cancellationToken),
            () => GC.AllocateArray<float>(BatchCount * rows.Stride, pinned: true),
            (batch, _, copies) =>
            {
                var places = (batch * BatchCount)..Math.Min((batch + 1) * BatchCount, order.Length);
                Assign(rows, order.AsSpan(places), centres, assigned.AsSpan(places), copies);
                if (Interlocked.Increment(ref done) is var count && count % ReportEvery == 0)
                {
                    progress?.Report(new VectorBuildProgress(VectorBuildPhase.Assign, (double)count / batchCount));
                }

                return copies;
            },
            _ => { });
    }

    private static void Assign(
        VectorRows rows,
        ReadOnlySpan<int> batch,
        Centres centres,
        Span<int> assigned,
        float[] copies)
    {
        var stride = rows.Stride;
        for (var at = 0; at < batch.Length; at++)
        {
            new ReadOnlySpan<float>(rows.Row(batch[at]), stride).CopyTo(copies.AsSpan(at * stride));
        }

        var values = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(copies, 0);
        var products = stackalloc float[TileRowCount * Centres.TileCount];
        Span<float> best = stackalloc float[BatchCount];
        best.Fill(float.NegativeInfinity);
        for (var centre = 0; centre < centres.PaddedCount; centre += Centres.TileCount)
        {
            for (var row = 0; row < batch.Length; row += TileRowCount)
            {
                // Of an odd last row the second of the tile is an older copy, which is not looked at.
                TKernels.DotTile(values + (row * stride), centres.At(centre), stride, products);
                Improve(best, assigned, row, products, centres, centre);
            }
        }
    }

    private static void Improve(
        Span<float> best,
        Span<int> assigned,
        int firstRow,
        float* products,
        Centres centres,
        int firstCentre)
    {
        var end = Math.Min(firstRow + TileRowCount, assigned.Length);
        for (var row = firstRow; row < end; row++)
        {
            for (var at = 0; at < Centres.TileCount; at++)
            {
                var nearness = *products++ - centres.HalfNorm(firstCentre + at);
                if (nearness > best[row])
                {
                    (best[row], assigned[row]) = (nearness, firstCentre + at);
                }
            }
        }
    }
}
