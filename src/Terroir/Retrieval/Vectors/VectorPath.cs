using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The algorithms over one set of kernels; chosen once, when the process starts.</summary>
internal abstract class VectorPath
{
    private static readonly VectorPath[] All =
    [
        new VectorPath<Avx512Kernels>("AVX-512"),
        new VectorPath<Avx2Kernels>("AVX2"),
        new VectorPath<Vector128Kernels>("128 bits"),
        new VectorPath<PortableKernels>("portable"),
    ];

    /// <summary>What this processor can run, fastest first; never empty.</summary>
    public static IReadOnlyList<VectorPath> Supported { get; } = [.. All.Where(path => path.IsSupported)];

    /// <summary>The fastest.</summary>
    public static VectorPath Best => Supported[0];

    /// <summary>What it is called in reports.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this processor can run it.</summary>
    protected abstract bool IsSupported { get; }

    /// <summary>Finds the nearest centre of each row.</summary>
    /// <param name="rows">The vectors.</param>
    /// <param name="order">Which rows.</param>
    /// <param name="centres">The centres.</param>
    /// <param name="assigned">The centre of each entry of <paramref name="order"/>; the first of those that are equally
    /// near.</param>
    /// <param name="progress">Told how far it is, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract void Assign(
        VectorRows rows,
        int[] order,
        Centres centres,
        int[] assigned,
        IProgress<VectorBuildProgress>? progress,
        CancellationToken cancellationToken);

    /// <summary>Searches a block; see <see cref="BlockSearch{TKernels}"/>.</summary>
    public abstract void Search(BlockTask task, TopHits hits);

    /// <summary>Searches rows in memory, all of them that are allowed.</summary>
    public abstract void Search(TailTask task, TopHits hits);
}
