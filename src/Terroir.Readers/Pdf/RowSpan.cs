namespace Terroir.Readers.Pdf;

/// <summary>A cell that goes over several rows of one column; the ends are included.</summary>
internal sealed record RowSpan(int Row, int RowEnd, int Column);
