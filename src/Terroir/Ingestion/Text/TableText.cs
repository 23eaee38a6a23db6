using Terroir.Documents;

namespace Terroir.Ingestion.Text;

/// <summary>A table as Markdown: a line for each row, the rule under the first.</summary>
/// <remarks>A merged cell is repeated in every place it covers, so that a row read alone says all that it means.
/// </remarks>
internal static class TableText
{
    public static IEnumerable<(string Text, SpanKind Kind, int Level, SourcePlace Place)> Render(TableBlock table)
    {
        var width = table.Rows.Count == 0 ? 0 : table.Rows.Max(row => row.Cells.Count);
        var below = new Dictionary<int, (string Text, int RowCount)>();
        for (var index = 0; width > 0 && index < table.Rows.Count; index++)
        {
            var row = table.Rows[index];
            var cells = new string[width];
            for (var column = 0; column < width; column++)
            {
                cells[column] = column < row.Cells.Count ? Escape(row.Cells[column]) : "";
            }

            Repeat(cells, row, below);
            var rule = index == 0 ? "\n|" + string.Concat(Enumerable.Repeat("---|", width)) : "";
            yield return (
                $"| {string.Join(" | ", cells)} |{rule}",
                SpanKind.Row,
                index < table.HeaderRowCount ? 1 : 0,
                row.Place);
        }
    }

    private static void Repeat(string[] cells, TableRow row, Dictionary<int, (string Text, int RowCount)> below)
    {
        foreach (var (column, (text, rowCount)) in below.ToArray())
        {
            cells[column] = cells[column].Length == 0 ? text : cells[column];
            below.Remove(column);
            if (rowCount > 1)
            {
                below[column] = (text, rowCount - 1);
            }
        }

        foreach (var span in row.Spans.Where(span => span.Column >= 0 && span.Column < cells.Length))
        {
            var text = cells[span.Column];
            var end = Math.Min((long)span.Column + span.ColumnCount, cells.Length);
            for (var column = span.Column; column < end; column++)
            {
                cells[column] = cells[column].Length == 0 ? text : cells[column];
                if (span.RowCount > 1)
                {
                    below[column] = (text, span.RowCount - 1);
                }
            }
        }
    }

    private static string Escape(string cell) =>
        VisibleText.Clean(cell).Replace('\n', ' ').Trim().Replace("|", "\\|", StringComparison.Ordinal);
}
