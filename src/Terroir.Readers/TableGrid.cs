using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Builds a table whose cells may cover several rows and columns.</summary>
internal sealed class TableGrid
{
    /// <summary>No cell covers more columns, and no table has more: a wrong number must not cost memory.</summary>
    internal const int ColumnMax = 1_000;

    private const int RowSpanMax = 65_534;

    private readonly List<(List<string> Cells, List<Merged> Merges, SourcePlace Place)> _rows = [];
    private readonly Dictionary<int, int> _coveredTo = [];

    public int RowCount => _rows.Count;

    /// <summary>The most columns of a row.</summary>
    public int Width => _rows.Count == 0 ? 0 : _rows.Max(row => row.Cells.Count);

    public void BeginRow(SourcePlace place)
    {
        _rows.Add(([], [], place));
        Skip();
    }

    /// <summary>Adds a cell behind the last of the row, past the places that cells above it cover.</summary>
    public void Add(string text, int columnCount = 1, int rowCount = 1)
    {
        var (cells, merges, _) = _rows[^1];
        if (cells.Count >= ColumnMax)
        {
            return;
        }

        var columns = Math.Clamp(columnCount, 1, ColumnMax - cells.Count);
        if (columns > 1 || rowCount > 1)
        {
            merges.Add(new Merged(cells.Count, columns, Math.Max(1, rowCount)));
        }

        for (var index = 0; index < columns; index++)
        {
            if (rowCount > 1)
            {
                _coveredTo[cells.Count] = _rows.Count - 1 + Math.Min(rowCount, RowSpanMax) - 1;
            }

            cells.Add(index == 0 ? text : "");
        }

        Skip();
    }

    /// <summary>Adds the continuation of the cell that begins above at the present column.</summary>
    public void Continue(int columnCount)
    {
        var (cells, _, _) = _rows[^1];
        var column = cells.Count;
        for (var index = _rows.Count - 2; index >= 0; index--)
        {
            if (_rows[index].Merges.Find(merge => merge.Column == column) is { } open)
            {
                open.RowCount = _rows.Count - index;
                break;
            }
        }

        for (var index = 0; index < columnCount && cells.Count < ColumnMax; index++)
        {
            cells.Add("");
        }
    }

    /// <summary>Marks the last cell as the beginning of one that may continue below.</summary>
    public void OpenBelow(int columnCount)
    {
        var (cells, merges, _) = _rows[^1];
        var column = cells.Count - Math.Clamp(columnCount, 1, ColumnMax);
        if (column >= 0 && !merges.Exists(merge => merge.Column == column))
        {
            merges.Add(new Merged(column, columnCount, 1));
        }
    }

    /// <summary>Makes the table; rows and columns without text at its end are left out.</summary>
    /// <returns>The table, or <see langword="null"/> if no cell has text.</returns>
    public TableBlock? Build(int headerRowCount, SourcePlace place)
    {
        var last = _rows.FindLastIndex(row => row.Cells.Exists(cell => cell.Length > 0));
        if (last < 0)
        {
            return null;
        }

        var rows = _rows.Take(last + 1).Select(row => new TableRow(row.Cells, row.Place)
        {
            Spans =
            [
                .. row.Merges.Where(merge => merge.ColumnCount > 1 || merge.RowCount > 1)
                    .OrderBy(merge => merge.Column)
                    .Select(merge => new CellSpan(merge.Column, merge.ColumnCount, merge.RowCount)),
            ],
        });
        return new TableBlock([.. rows], Math.Min(headerRowCount, last + 1), place);
    }

    private void Skip()
    {
        var cells = _rows[^1].Cells;
        while (_coveredTo.TryGetValue(cells.Count, out var last) && last >= _rows.Count - 1)
        {
            cells.Add("");
        }
    }

    private sealed class Merged(int column, int columnCount, int rowCount)
    {
        public int Column { get; } = column;

        public int ColumnCount { get; } = columnCount;

        public int RowCount { get; set; } = rowCount;
    }
}
