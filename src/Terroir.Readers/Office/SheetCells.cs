using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>The filled cells of a sheet: what every spreadsheet format is turned into.</summary>
internal sealed class SheetCells(SheetBudget budget)
{
    /// <summary>The rows by number (from 1), each with its cells by column (from 0).</summary>
    public SortedDictionary<int, SortedDictionary<int, string>> Rows { get; } = [];

    /// <summary>The merged ranges.</summary>
    public List<SheetRange> Merges { get; } = [];

    /// <summary>The cells whose value is a number, a date or a truth value.</summary>
    public HashSet<(int Row, int Column)> Values { get; } = [];

    public void Set(int row, int column, string text, bool isValue)
    {
        if (text.Length == 0)
        {
            return;
        }

        budget.Take(text.Length);
        if (!Rows.TryGetValue(row, out var cells))
        {
            Rows[row] = cells = [];
        }

        cells[column] = text;
        if (isValue)
        {
            Values.Add((row, column));
        }
    }
}

/// <summary>A range of cells; rows from 1, columns from 0, both ends included.</summary>
internal sealed record SheetRange(int Top, int Left, int Bottom, int Right)
{
    private const int RowMax = 1_048_576;
    private const int ColumnMax = 16_384;

    /// <summary>Reads a reference such as <c>B2</c> or <c>B2:D9</c>.</summary>
    public static SheetRange? Parse(string? reference)
    {
        var parts = (reference ?? "").Replace("$", "", StringComparison.Ordinal).Split(':');
        return Cell(parts[0]) is { } first && Cell(parts[^1]) is { } last
            && last.Row >= first.Row && last.Column >= first.Column
            ? new SheetRange(first.Row, first.Column, last.Row, last.Column)
            : null;
    }

    /// <summary>Reads a reference to one cell.</summary>
    public static (int Row, int Column)? Cell(string? reference)
    {
        int column = 0, row = 0, at = 0;
        var text = reference ?? "";
        for (; at < text.Length && char.IsAsciiLetter(text[at]) && column <= ColumnMax; at++)
        {
            column = (column * 26) + (text[at] & ~0x20) - 'A' + 1;
        }

        for (; at < text.Length && char.IsAsciiDigit(text[at]) && row <= RowMax; at++)
        {
            row = (row * 10) + text[at] - '0';
        }

        return at == text.Length && column is > 0 and <= ColumnMax && row is > 0 and <= RowMax
            ? (row, column - 1)
            : null;
    }

    /// <summary>Writes a reference.</summary>
    public override string ToString() =>
        Top == Bottom && Left == Right
            ? $"{ColumnName(Left)}{Top}"
            : $"{ColumnName(Left)}{Top}:{ColumnName(Right)}{Bottom}";

    private static string ColumnName(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : ColumnName((column / 26) - 1) + ColumnName(column % 26);
}

/// <summary>How many cells and characters a workbook may still yield.</summary>
internal sealed class SheetBudget(ReadLimits limits)
{
    private int _cellCount;
    private long _length;

    public void Take(int length)
    {
        TextBounds.CheckCells(++_cellCount, limits);
        TextBounds.Check(_length += length, limits);
    }
}
