using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>The rows and columns of a table, and which of their crossings are one cell.</summary>
internal sealed class TableGrid
{
    private readonly IReadOnlyList<TableLine> _lines;
    private readonly IReadOnlyList<int> _starts;
    private readonly IReadOnlyList<ColumnGap> _gaps;
    private readonly PdfRules _rules;
    private readonly PageBox _box;
    private readonly double[] _edges;
    private readonly List<RowSpan> _spans = [];
    private readonly Dictionary<int, (int Top, int Bottom, int Left, int Right)> _merged = [];

    public TableGrid(
        IReadOnlyList<TableLine> lines,
        IReadOnlyList<int> starts,
        IReadOnlyList<ColumnGap> gaps,
        PdfRules rules,
        PageBox box)
    {
        (_lines, _starts, _gaps, _rules, _box) = (lines, starts, gaps, rules, box);
        _edges = Edges();
    }

    private int RowCount => _starts.Count;

    private int ColumnCount => _gaps.Count + 1;

    /// <summary>Makes places of one column over several rows one cell.</summary>
    public void Unite(IEnumerable<RowSpan> spans) => _spans.AddRange(spans);

    public List<PageBox> RowBoxes() =>
    [
        .. Enumerable.Range(0, RowCount)
            .Select(row => new PageBox(_box.Left, _edges[row + 1], _box.Right, _edges[row])),
    ];

    /// <summary>The row and column that a word's middle stands in.</summary>
    public (int Row, int Column) PlaceOf(PdfWord word)
    {
        var row = 0;
        while (row + 1 < RowCount && word.MiddleY < _edges[row + 1])
        {
            row++;
        }

        return (row, _gaps.Count(gap => gap.Middle < word.MiddleX));
    }

    public List<PdfCell> Cells(bool isRightToLeft)
    {
        var owner = Merge();
        var texts = new Dictionary<int, List<string>>();
        for (var row = 0; row < RowCount; row++)
        {
            var end = row + 1 < RowCount ? _starts[row + 1] : _lines.Count;
            for (var line = _starts[row]; line < end; line++)
            {
                foreach (var part in _lines[line].Parts)
                {
                    var cell = owner[(row * ColumnCount) + part.Column];
                    if (!texts.TryGetValue(cell, out var text))
                    {
                        texts[cell] = text = [];
                    }

                    text.Add(part.Line.Text);
                }
            }
        }

        var cells = new List<PdfCell>();
        foreach (var (cell, text) in texts.OrderBy(pair => pair.Key))
        {
            var (top, bottom, left, right) = BoxOf(owner, (cell / ColumnCount, cell % ColumnCount));
            cells.Add(new PdfCell(
                top,
                isRightToLeft ? ColumnCount - 1 - right : left,
                bottom,
                isRightToLeft ? ColumnCount - 1 - left : right,
                PdfText.Join([.. text.Select(TypedRules.WithoutLeader)])));
        }

        return cells;
    }

    // The heights between rows: a rule where one is drawn, else the middle.
    private double[] Edges()
    {
        var edges = new double[RowCount + 1];
        edges[0] = _box.Top;
        edges[RowCount] = _box.Bottom;
        for (var row = 1; row < RowCount; row++)
        {
            var (above, below) = (_lines[_starts[row] - 1], _lines[_starts[row]]);
            var (high, low) = (above.Baseline + (0.25 * above.Size), below.Baseline + (0.45 * below.Size));
            var rule = _rules.Level.Where(rule => rule.At < high && rule.At > low
                    && rule.Cover(_box.Left, _box.Right) > 0)
                .OrderByDescending(rule => rule.Length)
                .Select(rule => (double?)rule.At)
                .FirstOrDefault();
            edges[row] = rule ?? (above.Baseline - (0.2 * above.Size) + below.Baseline + (0.7 * below.Size)) / 2;
        }

        return edges;
    }

    private int[] Merge()
    {
        var owner = Enumerable.Range(0, RowCount * ColumnCount).ToArray();
        for (var row = 0; row < RowCount; row++)
        {
            var end = row + 1 < RowCount ? _starts[row + 1] : _lines.Count;
            for (var line = _starts[row]; line < end; line++)
            {
                foreach (var part in _lines[line].Parts.Where(part => part.ColumnEnd > part.Column))
                {
                    Unite(owner, (row, part.Column), (row, part.ColumnEnd));
                }
            }

            for (var column = 0; column + 1 < ColumnCount; column++)
            {
                if (_gaps[column].IsRuled && IsOpenBetweenColumns(row, column) && !AreBothFilled(row, column))
                {
                    Unite(owner, (row, column), (row, column + 1));
                }
            }
        }

        for (var row = 0; row + 1 < RowCount; row++)
        {
            for (var column = 0; column < ColumnCount; column++)
            {
                if (IsOpenBetweenRows(row, column))
                {
                    Unite(owner, (row, column), (row + 1, column));
                }
            }
        }

        foreach (var span in _spans)
        {
            Unite(owner, (span.Row, span.Column), (span.RowEnd, span.Column));
        }

        return owner;
    }

    // Two places are one cell: all places of the smallest box about them join.
    private void Unite(int[] owner, (int Row, int Column) first, (int Row, int Column) second)
    {
        var hull = Hull(BoxOf(owner, first), BoxOf(owner, second));
        for (var isGrown = true; isGrown;)
        {
            var grown = hull;
            for (var row = hull.Top; row <= hull.Bottom; row++)
            {
                for (var column = hull.Left; column <= hull.Right; column++)
                {
                    grown = Hull(grown, BoxOf(owner, (row, column)));
                }
            }

            isGrown = grown != hull;
            hull = grown;
        }

        var least = (hull.Top * ColumnCount) + hull.Left;
        _merged[least] = hull;
        for (var row = hull.Top; row <= hull.Bottom; row++)
        {
            Array.Fill(owner, least, (row * ColumnCount) + hull.Left, hull.Right - hull.Left + 1);
        }
    }

    private (int Top, int Bottom, int Left, int Right) BoxOf(int[] owner, (int Row, int Column) place)
    {
        var id = owner[(place.Row * ColumnCount) + place.Column];
        return _merged.TryGetValue(id, out var box) ? box
            : (id / ColumnCount, id / ColumnCount, id % ColumnCount, id % ColumnCount);
    }

    private static (int Top, int Bottom, int Left, int Right) Hull(
        (int Top, int Bottom, int Left, int Right) a,
        (int Top, int Bottom, int Left, int Right) b) =>
        (Math.Min(a.Top, b.Top), Math.Max(a.Bottom, b.Bottom), Math.Min(a.Left, b.Left), Math.Max(a.Right, b.Right));

    private bool IsOpenBetweenColumns(int row, int column)
    {
        var (top, bottom) = (_edges[row], _edges[row + 1]);
        var gap = _gaps[column];
        var covered = _rules.Upright.Where(rule => rule.At > gap.Left - 3 && rule.At < gap.Right + 3)
            .Sum(rule => rule.Cover(bottom, top));
        return covered < 0.3 * (top - bottom);
    }

    private bool AreBothFilled(int row, int column)
    {
        var filled = Filled(row);
        return filled.Contains(column) && filled.Contains(column + 1);
    }

    private HashSet<int> Filled(int row)
    {
        var end = row + 1 < RowCount ? _starts[row + 1] : _lines.Count;
        return Enumerable.Range(_starts[row], end - _starts[row]).SelectMany(line => _lines[line].Columns).ToHashSet();
    }

    // A rule parts the rows in other columns and stops at this one, which only one of the rows fills.
    private bool IsOpenBetweenRows(int row, int column)
    {
        var edge = _edges[row + 1];
        var near = _rules.Level.Where(rule => Math.Abs(rule.At - edge) < 2).ToArray();
        if (near.Length == 0 || (Filled(row).Contains(column) && Filled(row + 1).Contains(column)))
        {
            return false;
        }

        var left = column == 0 ? _box.Left : _gaps[column - 1].Middle;
        var right = column == ColumnCount - 1 ? _box.Right : _gaps[column].Middle;
        return near.Sum(rule => rule.Cover(left, right)) < 0.3 * (right - left)
            && near.Sum(rule => rule.Length) > 0.15 * (_box.Right - _box.Left)
            && (Filled(row).Contains(column) || Filled(row + 1).Contains(column));
    }
}
