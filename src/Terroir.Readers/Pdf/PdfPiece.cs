namespace Terroir.Readers.Pdf;

/// <summary>A line or a table, at its place in the reading order of a page.</summary>
/// <param name="Flow">Lines of one column have one number.</param>
/// <param name="Line">The line, unless it is a table.</param>
/// <param name="Table">The table, unless it is a line.</param>
internal sealed record PdfPiece(int Flow, PdfLine? Line, PdfTable? Table);
