using System.Text.RegularExpressions;
using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Takes the title above and the notes below out of a table: they stand in its frame and are none of its
/// rows.</summary>
internal static partial class TableTrim
{
    private const int LongText = 60;

    /// <summary>The box of the rows that are cells, or <see langword="null"/> if all are.</summary>
    public static PageBox? Box(PdfTable table)
    {
        var first = 0;
        while (first < table.RowBoxes.Count && IsTitle(table, first))
        {
            first++;
        }

        var last = table.RowBoxes.Count - 1;
        while (last > first && IsNote(table, last))
        {
            last--;
        }

        if ((first == 0 && last == table.RowBoxes.Count - 1) || last - first < 1)
        {
            return null;
        }

        return table.Box with { Top = table.RowBoxes[first].Top, Bottom = table.RowBoxes[last].Bottom };
    }

    private static bool IsTitle(PdfTable table, int row) =>
        Only(table, row) is { } cell
        && cell.RowEnd == row
        && (Captions.IsCaption(cell.Text) || Title().IsMatch(cell.Text) || cell.Text.Length > LongText);

    private static bool IsNote(PdfTable table, int row) =>
        Only(table, row) is { } cell
        && cell.Row == row
        && cell.Column == 0
        && (Note().IsMatch(cell.Text) || (cell.Text.Length > LongText && cell.ColumnEnd > 0));

    private static PdfCell? Only(PdfTable table, int row)
    {
        var cells = table.Cells.Where(cell => cell.Row <= row && cell.RowEnd >= row).Take(2).ToArray();
        return cells.Length == 1 ? cells[0] : null;
    }

    [GeneratedRegex(@"^(?:Exhibit|Annex|Annexe)\s+[A-Z]?[\d.]+", RegexOptions.None, 1_000)]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?:Notes?|Sources?|Nota|Lecture|Champ|Quelle|\*|\(\*\)|†|‡|\d\)|[¹²³])[\s.:*]?",
        RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Note();
}
