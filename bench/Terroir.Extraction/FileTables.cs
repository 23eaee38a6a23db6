using Terroir.Documents;
using Terroir.Readers.Pdf;

namespace Terroir.Extraction;

/// <summary>Scores the tables of one file.</summary>
internal static class FileTables
{
    /// <summary>A found table is right where it shares this part of its letters with a table of the reference, of the
    /// letters that either has.</summary>
    private const double SameTable = 0.6;

    public static async Task<TableFigures> ScoreAsync(string file, TableTruth truth)
    {
        using var document = PdfReader.OpenDocument(await File.ReadAllBytesAsync(file));
        var sheets = RunningHeads.Remove(
            PdfSheets.Read(document, new PdfReport(), ReadLimits.Default, CancellationToken.None));
        var found = sheets
            .SelectMany(sheet => PageOrder.Of(sheet)
                .Where(piece => piece.Table is not null)
                .Select(piece => ToGrid(piece.Table!, sheet)))
            .ToArray();
        var given = truth.Tables
            .Select(table => (Sheet: sheets.First(sheet => sheet.Number == table.Page), table.Box))
            .Select(region => (region.Sheet, Table: TableStructure.Read(
                region.Sheet.Words,
                region.Sheet.Rules,
                Turn(Widen(region.Box), region.Sheet.Turn),
                region.Sheet.Gap,
                region.Sheet.IsRightToLeft)))
            .Where(region => region.Table is not null)
            .Select(region => ToGrid(region.Table!, region.Sheet))
            .ToArray();
        var matched = Match(truth.Tables, found, sheets);
        var (precision, recall) = Letters(truth.Tables, found, sheets);
        return new TableFigures(
            F1(truth.Tables, given),
            F1(truth.Tables, found),
            precision,
            recall,
            (truth.Tables.Count, found.Length, matched));
    }

    /// <summary>F1 of the relations of all tables of a file; 1 where neither side has any.</summary>
    private static double F1(IReadOnlyList<GridTable> expected, IReadOnlyList<GridTable> found)
    {
        var a = Sum(expected);
        var b = Sum(found);
        var shared = a.Sum(pair => Math.Min(pair.Value, b.GetValueOrDefault(pair.Key)));
        return a.Count + b.Count == 0 ? 1 : 2.0 * shared / (a.Values.Sum() + b.Values.Sum());
    }

    private static Dictionary<string, int> Sum(IReadOnlyList<GridTable> tables) => tables
        .SelectMany(table => table.Relations())
        .GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal);

    private static int Match(
        IReadOnlyList<GridTable> expected,
        IReadOnlyList<GridTable> found,
        IReadOnlyList<PdfSheet> sheets)
    {
        var free = found.ToList();
        var count = 0;
        foreach (var table in expected)
        {
            var index = free.FindIndex(other => other.Page == table.Page
                && Share(sheets.First(sheet => sheet.Number == table.Page), table.Box, other.Box) >= SameTable);
            if (index >= 0)
            {
                free.RemoveAt(index);
                count++;
            }
        }

        return count;
    }

    private static double Share(PdfSheet sheet, PageBox a, PageBox b)
    {
        var both = Count(sheet, word => IsIn(word, sheet, a) && IsIn(word, sheet, b));
        var either = Count(sheet, word => IsIn(word, sheet, a) || IsIn(word, sheet, b));
        return either == 0 ? 0 : both / either;
    }

    private static (double Precision, double Recall) Letters(
        IReadOnlyList<GridTable> expected,
        IReadOnlyList<GridTable> found,
        IReadOnlyList<PdfSheet> sheets)
    {
        var (both, wanted, got) = (0.0, 0.0, 0.0);
        foreach (var sheet in sheets)
        {
            var a = expected.Where(table => table.Page == sheet.Number).ToArray();
            var b = found.Where(table => table.Page == sheet.Number).ToArray();
            bool InA(PdfWord word) => Array.Exists(a, table => IsIn(word, sheet, table.Box));
            bool InB(PdfWord word) => Array.Exists(b, table => IsIn(word, sheet, table.Box));
            both += Count(sheet, word => InA(word) && InB(word));
            wanted += Count(sheet, InA);
            got += Count(sheet, InB);
        }

        return (got == 0 ? wanted == 0 ? 1 : 0 : both / got, wanted == 0 ? 1 : both / wanted);
    }

    private static double Count(PdfSheet sheet, Predicate<PdfWord> isCounted) =>
        sheet.Words.Where(word => isCounted(word)).Sum(word => word.Text.Length);

    private static bool IsIn(PdfWord word, PdfSheet sheet, PageBox box) =>
        word.IsIn(Turn(Widen(box), sheet.Turn));

    private static PageBox Widen(PageBox box) => new(box.Left - 2, box.Bottom - 2, box.Right + 2, box.Top + 2);

    private static PageBox Turn(PageBox box, int turn) => Turned.Back(box, turn is 1 or 3 ? 4 - turn : turn);

    private static GridTable ToGrid(PdfTable table, PdfSheet sheet) => new(
        sheet.Number,
        Turned.Back(table.Box, sheet.Turn),
        [.. table.Cells.Select(cell => new GridCell(cell.Row, cell.Column, cell.RowEnd, cell.ColumnEnd, cell.Text))]);
}

/// <summary>The figures of one file.</summary>
/// <param name="Structure">F1 of the relations with the regions given.</param>
/// <param name="EndToEnd">F1 of the relations of the tables found.</param>
/// <param name="LetterPrecision">The letters of found tables that stand in a table, over those of found tables.</param>
/// <param name="LetterRecall">The same over those that stand in a table.</param>
/// <param name="Tables">The tables of the reference, those found, and those that are both.</param>
internal sealed record TableFigures(
    double Structure,
    double EndToEnd,
    double LetterPrecision,
    double LetterRecall,
    (int Expected, int Found, int Matched) Tables);
