using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The algorithms, compiled for one set of kernels.</summary>
internal sealed class VectorPath<TKernels>(string name) : VectorPath
    where TKernels : struct, IVectorKernels
{
    public override string Name => name;

    protected override bool IsSupported => TKernels.IsSupported;

    public override void Assign(
        VectorRows rows,
        int[] order,
        Centres centres,
        int[] assigned,
        IProgress<VectorBuildProgress>? progress,
        CancellationToken cancellationToken) =>
        NearestCentre<TKernels>.Assign(rows, order, centres, assigned, progress, cancellationToken);

    public override void Search(BlockTask task, TopHits hits) => BlockSearch<TKernels>.Run(task, hits);

    public override void Search(TailTask task, TopHits hits) => TailSearch<TKernels>.Run(task, hits);
}
