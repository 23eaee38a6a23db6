using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Puts a page in reading order: tables first, then columns of running text are told from tables and read
/// one after the other.</summary>
internal sealed class PageOrder
{
    private const int DepthMax = 6;

    /// <summary>A page with more lines than this is read from top to bottom without a search for columns.</summary>
    private const int LineCountMax = 600;

    private readonly PdfSheet _sheet;
    private readonly List<PdfPiece> _pieces = [];
    private int _flow;

    private PageOrder(PdfSheet sheet) => _sheet = sheet;

    public static List<PdfPiece> Of(PdfSheet sheet)
    {
        var order = new PageOrder(sheet);
        var tables = RuledTables.Find(sheet);
        var words = sheet.Words.Where(word => !word.IsTurned && !tables.Exists(table => word.IsIn(table.Box))).ToList();
        order.Arrange(words, tables, 0);
        order.AddTurned(tables);
        return order._pieces;
    }

    private void Arrange(IReadOnlyList<PdfWord> words, IReadOnlyList<PdfTable> tables, int depth)
    {
        var rows = PdfLines.From(words, _sheet.Gap, _sheet.IsRightToLeft)
            .ConvertAll(line => new PageRow(line.Box, line, null));
        rows.AddRange(tables.Select(table => new PageRow(table.Box, null, table)));
        rows.Sort((a, b) => b.Box.Top.CompareTo(a.Box.Top));
        var flow = new List<PageRow>();
        for (var index = 0; index < rows.Count;)
        {
            var columns = depth < DepthMax && rows.Count < LineCountMax ? PageColumns.Find(rows, index, _sheet) : null;
            if (columns is null)
            {
                flow.Add(rows[index]);
                index++;
                continue;
            }

            Flush(flow);
            var run = rows.Skip(index).Take(columns.Count).ToArray();
            var left = Side(run, x => x < columns.Middle);
            var right = Side(run, x => x >= columns.Middle);
            var (first, second) = _sheet.IsRightToLeft ? (right, left) : (left, right);
            Arrange(first.Words, first.Tables, depth + 1);
            Arrange(second.Words, second.Tables, depth + 1);
            index += columns.Count;
        }

        Flush(flow);
    }

    private static (List<PdfWord> Words, List<PdfTable> Tables) Side(PageRow[] run, Predicate<double> isOnSide) => (
        [
            .. run.Where(row => row.Line is not null)
                .SelectMany(row => row.Line!.Words)
                .Where(word => isOnSide(word.MiddleX)),
        ],
        [
            .. run.Where(row => row.Table is not null)
                .Select(row => row.Table!)
                .Where(table => isOnSide((table.Box.Left + table.Box.Right) / 2)),
        ]);

    // Within one column, tables without rules are found by their gaps.
    private void Flush(List<PageRow> flow)
    {
        _flow++;
        var lines = new List<PdfLine>();
        foreach (var row in flow)
        {
            if (row.Line is { } line)
            {
                lines.Add(line);
                continue;
            }

            AddLines(lines);
            _pieces.Add(new PdfPiece(_flow, null, row.Table));
        }

        AddLines(lines);
        flow.Clear();
    }

    private void AddLines(List<PdfLine> lines)
    {
        for (var index = 0; index < lines.Count;)
        {
            var found = SpacedTables.Find(lines, index, _sheet);
            if (found is null)
            {
                _pieces.Add(new PdfPiece(_flow, lines[index], null));
                index++;
            }
            else
            {
                _pieces.Add(new PdfPiece(_flow, null, found.Table));
                index += found.Count;
            }
        }

        lines.Clear();
    }

    private void AddTurned(List<PdfTable> tables)
    {
        var all = tables.Concat(_pieces.Select(piece => piece.Table).OfType<PdfTable>()).ToArray();
        foreach (var word in _sheet.Words.Where(word =>
            word.IsTurned && !Array.Exists(all, table => word.IsIn(table.Box))))
        {
            _pieces.Add(new PdfPiece(++_flow, new PdfLine([word], _sheet.IsRightToLeft), null));
        }
    }
}

/// <summary>A line or a table within a part of a page.</summary>
internal sealed record PageRow(PageBox Box, PdfLine? Line, PdfTable? Table);
