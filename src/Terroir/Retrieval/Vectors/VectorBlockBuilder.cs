using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Collects vectors and writes them as a block. The same vectors give the same bytes, in whichever order they
/// came and on every processor.</summary>
/// <remarks>For one thread; writing itself works on all processors.</remarks>
/// <param name="dimensions">Components of a vector, 1 to <see cref="VectorLimits.DimensionsMax"/>.</param>
/// <param name="metric">How near two vectors are.</param>
/// <param name="listCount">How many lists to divide the vectors into; by default as many as suit their number.</param>
internal sealed class VectorBlockBuilder(int dimensions, VectorMetric metric, int? listCount = null)
{
    /// <summary>The most lists of a block.</summary>
    public const int ListCountMax = 8_192;

    // Fewer rows than this are scanned as fast without lists.
    private const int ListedRowCountMin = 8_192;

    private const int ListRowCount = 192;
    private const ulong Seed = 0x7465_7272_6F69_7231;

    private readonly VectorRows _rows = new(InRange(dimensions));

    /// <summary>Adds a vector.</summary>
    /// <param name="number">Its number in bitmaps and hits: 0 or more, and no other vector's.</param>
    /// <param name="key">What orders equal vectors: a hash of what they belong to, not of when it came.</param>
    /// <param name="vector">Its components.</param>
    /// <exception cref="VectorUnusableException">It has another length, or a component that is not finite or greater
    /// than <see cref="VectorLimits.ComponentMax"/>.</exception>
    public void Add(int number, ulong key, ReadOnlySpan<float> vector) => _rows.Add(number, key, vector);

    /// <summary>Writes the block.</summary>
    /// <param name="target">Where to; it is written from start to end, and need not seek.</param>
    /// <param name="progress">Told how far it is, from several threads; or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; what was written is then no block.</param>
    /// <exception cref="InvalidOperationException">Two vectors have one number.</exception>
    public void Write(Stream target, IProgress<VectorBuildProgress>? progress, CancellationToken cancellationToken) =>
        Write(target, VectorPath.Best, progress, cancellationToken);

    /// <summary>As above, with chosen kernels.</summary>
    internal void Write(
        Stream target,
        VectorPath path,
        IProgress<VectorBuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        var order = Order();
        var clusters = Clustering.Learn(_rows, order, Lists(), Seed, path, progress, cancellationToken);
        var encoding = new BlockEncoding(_rows, metric, clusters, new Rotation(CodeLength, Seed));
        encoding.Run(progress, cancellationToken);
        new VectorBlockWriter(target, _rows, clusters, encoding).Write(Seed, progress, cancellationToken);
    }

    private static int InRange(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, VectorLimits.DimensionsMax);
        return dimensions;
    }

    private int CodeLength => VectorLimits.Pad(dimensions, IVectorKernels.CodeLaneCount);

    private int Lists()
    {
        var suited = _rows.Count < ListedRowCountMin ? 1 : _rows.Count / ListRowCount;
        return Math.Clamp(listCount ?? suited, 1, Math.Clamp(_rows.Count, 1, ListCountMax));
    }

    // By key and content, so that the order of arrival leaves no trace.
    private int[] Order()
    {
        var order = Enumerable.Range(0, _rows.Count).ToArray();
        Array.Sort(order, Compare);
        if (order.Select(_rows.Number).Distinct().Count() != order.Length)
        {
            throw new InvalidOperationException(
                "Two vectors of a block have the same number. Give each a number of its own.");
        }

        return order;
    }

    private unsafe int Compare(int a, int b)
    {
        var byKey = _rows.Key(a).CompareTo(_rows.Key(b));
        if (byKey != 0 || a == b)
        {
            return byKey;
        }

        var byContent = new ReadOnlySpan<int>(_rows.Row(a), dimensions)
            .SequenceCompareTo(new ReadOnlySpan<int>(_rows.Row(b), dimensions));
        return byContent != 0 ? byContent : _rows.Number(a).CompareTo(_rows.Number(b));
    }
}
