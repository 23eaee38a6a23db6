using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Meaning;

/// <summary>Rows of a sparse matrix, one after the other.</summary>
/// <param name="ColumnCount">How many columns it has.</param>
/// <param name="Ends">Where each row ends in <paramref name="Entries"/>.</param>
/// <param name="Entries">The entries by row.</param>
internal sealed record SparseMatrix(int ColumnCount, int[] Ends, SparseEntry[] Entries)
{
    /// <summary>How many rows are multiplied between two looks at the cancellation token.</summary>
    private const int CancellationRows = 256;

    public int RowCount => Ends.Length;

    public ReadOnlySpan<SparseEntry> Row(int row) => Entries.AsSpan((row == 0 ? 0 : Ends[row - 1])..Ends[row]);

    /// <summary>The same entries by column.</summary>
    public SparseMatrix Transpose()
    {
        var ends = new int[ColumnCount];
        foreach (var entry in Entries)
        {
            ends[entry.Column]++;
        }

        var next = new int[ColumnCount];
        for (var (column, sum) = (0, 0); column < ColumnCount; column++)
        {
            next[column] = sum;
            sum += ends[column];
            ends[column] = sum;
        }

        var entries = new SparseEntry[Entries.Length];
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var entry in Row(row))
            {
                entries[next[entry.Column]++] = new SparseEntry(row, entry.Value);
            }
        }

        return new SparseMatrix(RowCount, ends, entries);
    }

    /// <summary>Multiplies with a dense matrix: each row is the sum of the dense rows that it names, in
    /// order.</summary>
    public DenseMatrix Multiply(DenseMatrix right, CancellationToken cancellationToken)
    {
        var result = new DenseMatrix(RowCount, right.ColumnCount);
        for (var row = 0; row < RowCount; row++)
        {
            if (row % CancellationRows == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var target = result.Row(row);
            foreach (var entry in Row(row))
            {
                VectorLanes.AddTo(target, right.Row(entry.Column), entry.Value);
            }
        }

        return result;
    }
}

/// <summary>An entry of a row.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SparseEntry(int Column, float Value);
