namespace Terroir.Retrieval.Meaning;

/// <summary>A matrix of doubles, row after row.</summary>
/// <param name="RowCount">How many rows.</param>
/// <param name="ColumnCount">How many columns; a multiple of four.</param>
internal sealed record DenseMatrix(int RowCount, int ColumnCount)
{
    private const int CancellationRows = 1_024;

    private readonly double[] _values = new double[(long)RowCount * ColumnCount];

    public Span<double> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>The inner products of all pairs of columns, summed over the rows in order.</summary>
    public double[][] Gram(CancellationToken cancellationToken)
    {
        var sums = new DenseMatrix(ColumnCount, ColumnCount);
        for (var row = 0; row < RowCount; row++)
        {
            if (row % CancellationRows == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var values = Row(row);
            for (var column = 0; column < ColumnCount; column++)
            {
                // Products come in both orders of their factors, so the result is symmetric to the bit.
                VectorLanes.AddTo(sums.Row(column), values, values[column]);
            }
        }

        return [.. Enumerable.Range(0, ColumnCount).Select(column => sums.Row(column).ToArray())];
    }

    /// <summary>Multiplies with a small matrix that is given by its columns.</summary>
    public DenseMatrix Multiply(IReadOnlyList<double[]> columns, CancellationToken cancellationToken)
    {
        var transposed = new DenseMatrix(ColumnCount, columns.Count);
        for (var column = 0; column < columns.Count; column++)
        {
            for (var row = 0; row < ColumnCount; row++)
            {
                transposed.Row(row)[column] = columns[column][row];
            }
        }

        var result = new DenseMatrix(RowCount, columns.Count);
        for (var row = 0; row < RowCount; row++)
        {
            if (row % CancellationRows == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var values = Row(row);
            for (var inner = 0; inner < ColumnCount; inner++)
            {
                VectorLanes.AddTo(result.Row(row), transposed.Row(inner), values[inner]);
            }
        }

        return result;
    }
}
