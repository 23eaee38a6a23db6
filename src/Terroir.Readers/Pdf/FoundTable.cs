namespace Terroir.Readers.Pdf;

/// <summary>A table found among lines.</summary>
/// <param name="Count">How many lines it takes.</param>
/// <param name="Table">The table.</param>
internal sealed record FoundTable(int Count, PdfTable Table);
