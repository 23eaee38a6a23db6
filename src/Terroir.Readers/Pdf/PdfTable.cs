using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>A table of a page as a grid.</summary>
/// <param name="Box">Where it stands, in the page's reading frame.</param>
/// <param name="RowBoxes">Where each row stands.</param>
/// <param name="ColumnCount">The number of columns.</param>
/// <param name="Cells">The cells that hold text, by row and column.</param>
/// <param name="HeaderRowCount">How many of the first rows are headers.</param>
internal sealed record PdfTable(
    PageBox Box,
    IReadOnlyList<PageBox> RowBoxes,
    int ColumnCount,
    IReadOnlyList<PdfCell> Cells,
    int HeaderRowCount)
{
    /// <summary>The places that hold text or belong to a merged cell that does, over all places.</summary>
    public double FilledShare => (double)Cells.Sum(cell =>
        (cell.ColumnEnd - cell.Column + 1) * (cell.RowEnd - cell.Row + 1)) / (ColumnCount * RowBoxes.Count);
}

/// <summary>A cell; rows and columns count from 0, and the ends are included.</summary>
internal sealed record PdfCell(int Row, int Column, int RowEnd, int ColumnEnd, string Text);
