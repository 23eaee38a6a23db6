using Terroir.Retrieval.Vectors;

namespace Terroir.Retrieval.Meaning;

/// <summary>The leading right singular vectors of a sparse matrix, by random projection and power iterations (Halko,
/// Martinsson and Tropp, 2011, algorithm 4.4).</summary>
/// <remarks>The projection is a function of the columns' names, and sums run in the order of the rows: the same rows in
/// the same order give the same bits on every processor.</remarks>
internal static class RandomizedSvd
{
    /// <summary>How many directions more are followed than are kept.</summary>
    internal const int Oversampling = 32;

    /// <summary>How often the subspace is sharpened; two suffice for spectra that fall slowly.</summary>
    internal const int PowerIterationCount = 2;

    /// <summary>A direction that carries less than this share of the greatest one's energy is rounding.</summary>
    private const double EnergyShareMin = 1e-12;

    private const int LaneCount = 4;

    /// <summary>Finds the vectors.</summary>
    /// <param name="matrix">The rows.</param>
    /// <param name="seeds">A number for each column, from its name.</param>
    /// <param name="count">How many vectors; positive, at most <paramref name="width"/>.</param>
    /// <param name="width">The length of the rows; a multiple of eight.</param>
    /// <param name="cancellationToken">Stops the work within some milliseconds.</param>
    /// <returns>A row for each column of the matrix, with its part in each vector, strongest first, and then zeros;
    /// also where the matrix has fewer directions.</returns>
    public static DenseMatrix RightVectors(
        SparseMatrix matrix,
        ReadOnlySpan<ulong> seeds,
        int count,
        int width,
        CancellationToken cancellationToken)
    {
        var transposed = matrix.Transpose();
        var followed = (count + Oversampling + LaneCount - 1) / LaneCount * LaneCount;
        var rows = Orthonormalize(
            matrix.Multiply(Projection(seeds, followed), cancellationToken),
            followed,
            followed,
            cancellationToken);
        for (var iteration = 0; iteration < PowerIterationCount; iteration++)
        {
            var columns = transposed.Multiply(rows, cancellationToken);
            rows = Orthonormalize(
                matrix.Multiply(columns, cancellationToken),
                followed,
                followed,
                cancellationToken);
        }

        return Orthonormalize(transposed.Multiply(rows, cancellationToken), count, width, cancellationToken);
    }

    // Columns that span the same space: principal directions scaled to length 1.
    private static DenseMatrix Orthonormalize(
        DenseMatrix matrix,
        int count,
        int width,
        CancellationToken cancellationToken)
    {
        var (values, vectors) = SymmetricEigen.Decompose(matrix.Gram(cancellationToken), cancellationToken);
        var kept = new double[width][];
        for (var index = 0; index < width; index++)
        {
            var isKept = index < count && values[index] > EnergyShareMin * values[0];
            kept[index] = isKept
                ? Array.ConvertAll(vectors[index], value => value / Math.Sqrt(values[index]))
                : new double[matrix.ColumnCount];
        }

        return matrix.Multiply(kept, cancellationToken);
    }

    // Signs drawn from each column's seed.
    private static DenseMatrix Projection(ReadOnlySpan<ulong> seeds, int count)
    {
        var result = new DenseMatrix(seeds.Length, count);
        for (var row = 0; row < seeds.Length; row++)
        {
            var random = new SplitMix(seeds[row]);
            var bits = 0UL;
            var values = result.Row(row);
            for (var index = 0; index < count; index++)
            {
                bits = index % 64 == 0 ? random.Next() : bits >> 1;
                values[index] = (bits & 1) == 0 ? -1 : 1;
            }
        }

        return result;
    }
}
