using System.Numerics;

namespace Terroir.Retrieval.Meaning;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix
/// Computations, 8.5).</summary>
/// <remarks>Rotations come in a fixed order and use only operations that IEEE 754 rounds, so that the result is the
/// same on every processor.</remarks>
internal static class SymmetricEigen
{
    /// <summary>How often all pairs are rotated at most; a matrix of this size needs about ten.</summary>
    private const int SweepCountMax = 40;

    /// <summary>What is smaller than this share of the greatest entry counts as zero.</summary>
    private const double Tolerance = 1e-15;

    /// <summary>Decomposes a matrix, which is overwritten.</summary>
    /// <param name="matrix">The rows of a symmetric positive matrix.</param>
    /// <param name="cancellationToken">Looked at after each sweep.</param>
    /// <returns>The eigenvalues, largest first, and for each the eigenvector.</returns>
    public static (double[] Values, double[][] Vectors) Decompose(
        double[][] matrix,
        CancellationToken cancellationToken)
    {
        var size = matrix.Length;
        var vectors = Enumerable.Range(0, size).Select(row => new double[size]).ToArray();
        for (var index = 0; index < size; index++)
        {
            vectors[index][index] = 1;
        }

        var small = Tolerance * matrix.Select((row, index) => row[index]).DefaultIfEmpty().Max();
        for (var sweep = 0; sweep < SweepCountMax && Sweep(matrix, vectors, small); sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var order = Enumerable.Range(0, size).OrderByDescending(index => matrix[index][index]).ToArray();
        return ([.. order.Select(index => matrix[index][index])], [.. order.Select(index => vectors[index])]);
    }

    private static bool Sweep(double[][] matrix, double[][] vectors, double small)
    {
        var hasChanged = false;
        for (var p = 0; p < matrix.Length; p++)
        {
            for (var q = p + 1; q < matrix.Length; q++)
            {
                if (Math.Abs(matrix[p][q]) > small)
                {
                    Rotate(matrix, vectors, p, q);
                    hasChanged = true;
                }
            }
        }

        return hasChanged;
    }

    // Each vector is a row here, so that both updates of a rotation walk over rows.
    private static void Rotate(double[][] matrix, double[][] vectors, int p, int q)
    {
        var theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        var tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(1 + (theta * theta)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = tangent * cosine;
        Mix(matrix[p], matrix[q], cosine, sine);
        Mix(vectors[p], vectors[q], cosine, sine);
        foreach (var row in matrix)
        {
            var (x, y) = (row[p], row[q]);
            row[p] = (cosine * x) - (sine * y);
            row[q] = (sine * x) + (cosine * y);
        }

        matrix[p][q] = 0;
        matrix[q][p] = 0;
    }

    // In lanes: each number of its own, so that their width changes no bit.
    private static void Mix(double[] left, double[] right, double cosine, double sine)
    {
        var index = 0;
        for (; index <= left.Length - Vector<double>.Count; index += Vector<double>.Count)
        {
            var (x, y) = (new Vector<double>(left, index), new Vector<double>(right, index));
            ((cosine * x) - (sine * y)).CopyTo(left, index);
            ((sine * x) + (cosine * y)).CopyTo(right, index);
        }

        for (; index < left.Length; index++)
        {
            var (x, y) = (left[index], right[index]);
            left[index] = (cosine * x) - (sine * y);
            right[index] = (sine * x) + (cosine * y);
        }
    }
}
