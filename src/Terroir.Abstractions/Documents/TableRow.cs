namespace Terroir.Documents;

/// <summary>A row of a table.</summary>
/// <param name="Cells">The cells' plain text, left to right.</param>
/// <param name="Place">Where the row stands.</param>
public sealed record TableRow(IReadOnlyList<string> Cells, SourcePlace Place)
{
    /// <summary>The merged cells that begin in this row, left to right; usually empty.</summary>
    public IReadOnlyList<CellSpan> Spans { get; init; } = [];
}

/// <summary>A merged cell.</summary>
/// <param name="Column">The index of its first column in <see cref="TableRow.Cells"/>, from 0.</param>
/// <param name="ColumnCount">How many columns it covers, from 1.</param>
/// <param name="RowCount">How many rows it covers, from 1; those below the last row are ignored.</param>
public sealed record CellSpan(int Column, int ColumnCount, int RowCount);
