namespace Terroir.Documents;

/// <summary>A row of a table.</summary>
/// <param name="Cells">The cells' plain text, left to right.</param>
/// <param name="Place">Where the row stands.</param>
public sealed record TableRow(IReadOnlyList<string> Cells, SourcePlace Place);
