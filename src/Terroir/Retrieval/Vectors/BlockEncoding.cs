using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The codes of all rows of a block, in the block's order.</summary>
internal sealed unsafe class BlockEncoding
{
    // How often progress is told, in blocks of 64 rows.
    private const int ReportEvery = 256;

    private readonly VectorRows _rows;
    private readonly VectorMetric _metric;
    private readonly Clusters _clusters;
    private readonly Rotation _rotation;
    private readonly VectorBlockFormat _format;
    private readonly float[] _mean;
    private readonly double[] _norms;
    private readonly double[] _codeNorms;
    private readonly double[] _centreNorms;
    private readonly double[] _gains;
    private readonly double[] _distances;

    /// <summary>Prepares the encoding of clustered rows.</summary>
    public BlockEncoding(VectorRows rows, VectorMetric metric, Clusters clusters, Rotation rotation)
    {
        _rows = rows;
        _metric = metric;
        _clusters = clusters;
        _rotation = rotation;
        _format = new VectorBlockFormat(rows.Dimensions, rows.Count, clusters.ListCount);
        _mean = Rotate(clusters.Mean);
        _norms = new double[rows.Count];
        _codeNorms = new double[rows.Count];
        _gains = new double[rows.Count];
        _distances = new double[rows.Count];
        Bits = new byte[_format.SizeOf(VectorSection.Bits)];
        Coarse = new byte[_format.SizeOf(VectorSection.Coarse)];
        Fine = new byte[_format.SizeOf(VectorSection.Fine)];
        CentreCodes = new byte[_format.SizeOf(VectorSection.CentreCodes)];
        _centreNorms = new double[clusters.ListCount];
    }

    public VectorMetric Metric => _metric;

    public VectorBlockFormat Format => _format;

    /// <summary>The section of 1-bit codes.</summary>
    public byte[] Bits { get; }

    /// <summary>The section of coarse codes.</summary>
    public byte[] Coarse { get; }

    /// <summary>The section of lower halves.</summary>
    public byte[] Fine { get; }

    /// <summary>The section of the centres' codes.</summary>
    public byte[] CentreCodes { get; }

    /// <summary>The greatest norm of a vector.</summary>
    public float NormMax => Up(_norms.DefaultIfEmpty().Max());

    /// <summary>The greatest norm of what a byte code stands for.</summary>
    public float CodeNormMax => Up(_codeNorms.Concat(_centreNorms).Max());

    /// <summary>The mean of what inner products with 1-bit codes must be multiplied by.</summary>
    public float Gain => (float)_gains.Where(gain => gain > 0).DefaultIfEmpty(1).Average();

    /// <summary>The least and the greatest distance of a list's rows from its centre, widened by what rounding may
    /// hide; zeros for an empty list.</summary>
    public (float Least, float Greatest) Radius(int list)
    {
        var distances = _distances.AsSpan(_clusters.Starts[list].._clusters.Starts[list + 1]);
        if (distances.IsEmpty)
        {
            return default;
        }

        var (least, greatest) = (double.PositiveInfinity, 0.0);
        foreach (var distance in distances)
        {
            (least, greatest) = (Math.Min(least, distance), Math.Max(greatest, distance));
        }

        return ((float)(least * (1 - 1e-6)), Up(greatest));
    }

    /// <summary>Makes the codes.</summary>
    public void Run(IProgress<VectorBuildProgress>? progress, CancellationToken cancellationToken)
    {
        EncodeCentres();
        var done = 0;
        Parallel.For(
            0,
            _format.BlockCount,
            Clustering.Options(cancellationToken),
            () => new float[2 * _format.CodeLength],
            (block, _, scratch) =>
            {
                Encode(block, scratch);
                if (Interlocked.Increment(ref done) is var count && count % ReportEvery == 0)
                {
                    progress?.Report(new VectorBuildProgress(
                        VectorBuildPhase.Encode,
                        (double)count / _format.BlockCount));
                }

                return scratch;
            },
            _ => { });
    }

    private static float Up(double value) => (float)(value * (1 + 1e-6));

    private float[] Rotate(ReadOnlySpan<float> vector)
    {
        var rotated = new float[_format.CodeLength];
        _rotation.Apply(vector, rotated);
        return rotated;
    }

    // Centres are compared by distance, whatever the metric of the vectors.
    private void EncodeCentres()
    {
        var difference = new float[_format.CodeLength];
        var fine = new byte[_format.FineSizeBytes];
        for (var list = 0; list < _format.ListCount; list++)
        {
            Subtract(Rotate(_clusters.Centres.AsSpan(list * _rows.Stride, _rows.Stride)), _mean, difference);
            _centreNorms[list] = ByteCode.Write(
                VectorMetric.SquaredL2,
                difference,
                _mean,
                CentreCodes.AsSpan(list * _format.CoarseSizeBytes, _format.CoarseSizeBytes),
                fine);
        }
    }

    private void Encode(int block, Span<float> scratch)
    {
        var first = block * IVectorKernels.BlockRowCount;
        var end = Math.Min(first + IVectorKernels.BlockRowCount, _rows.Count);
        var bits = Bits.AsSpan(block * _format.BlockSizeBytes, _format.BlockSizeBytes);
        var rotated = scratch[.._format.CodeLength];
        var residual = scratch[_format.CodeLength..];
        var list = -1;
        float[] centre = [];
        for (var place = first; place < end; place++)
        {
            if (list < 0 || place >= _clusters.Starts[list + 1])
            {
                list = _clusters.ListAt(place);
                centre = Rotate(_clusters.Centres.AsSpan(list * _rows.Stride, _rows.Stride));
            }

            var vector = new ReadOnlySpan<float>(_rows.Row(_clusters.Order[place]), _rows.Stride);
            _rotation.Apply(vector, rotated);
            Subtract(rotated, centre, residual);
            var bit = new BitCode(_metric, residual, centre, _mean);
            bit.Write(bits, place - first);
            Subtract(rotated, _mean, residual);
            _codeNorms[place] = ByteCode.Write(
                _metric,
                residual,
                _mean,
                Coarse.AsSpan(place * _format.CoarseSizeBytes, _format.CoarseSizeBytes),
                Fine.AsSpan(place * _format.FineSizeBytes, _format.FineSizeBytes));
            _norms[place] = Norm(vector);
            _distances[place] = bit.Norm;
            _gains[place] = bit.Gain;
        }
    }

    private static void Subtract(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> difference)
    {
        for (var at = 0; at < difference.Length; at++)
        {
            difference[at] = a[at] - b[at];
        }
    }

    private static double Norm(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var value in vector)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
