using System.Text;
using Terroir.Documents;

namespace Terroir.Extraction;

/// <summary>A table as a grid of cells with spans, from a person or from a reader.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Box">Where it stands.</param>
/// <param name="Cells">The cells that hold text.</param>
internal sealed record GridTable(int Page, PageBox Box, IReadOnlyList<GridCell> Cells)
{
    /// <summary>Each cell's nearest neighbours to the right and below, blank cells skipped: the relations of the
    /// table competition of 2013. Texts are compared by letters and digits alone.</summary>
    public Dictionary<string, int> Relations()
    {
        var places = new Dictionary<(int Row, int Column), GridCell>();
        var cells = Cells.Where(cell => Key(cell.Text).Length > 0).ToArray();
        foreach (var cell in cells)
        {
            for (var row = cell.Row; row <= cell.RowEnd; row++)
            {
                for (var column = cell.Column; column <= cell.ColumnEnd; column++)
                {
                    places[(row, column)] = cell;
                }
            }
        }

        var rows = cells.Length == 0 ? 0 : cells.Max(cell => cell.RowEnd);
        var columns = cells.Length == 0 ? 0 : cells.Max(cell => cell.ColumnEnd);
        var pairs = new HashSet<(GridCell From, GridCell To, char Way)>();
        foreach (var ((row, column), cell) in places)
        {
            var right = column + 1;
            while (right <= columns && !places.ContainsKey((row, right)))
            {
                right++;
            }

            var below = row + 1;
            while (below <= rows && !places.ContainsKey((below, column)))
            {
                below++;
            }

            if (places.TryGetValue((row, right), out var next) && next != cell)
            {
                pairs.Add((cell, next, '>'));
            }

            if (places.TryGetValue((below, column), out next) && next != cell)
            {
                pairs.Add((cell, next, 'v'));
            }
        }

        return pairs.GroupBy(pair => $"{Key(pair.From.Text)}{pair.Way}{Key(pair.To.Text)}", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }

    private static string Key(string text) =>
        string.Concat(NormalForm.Of(text, NormalizationForm.FormKD).ToLowerInvariant().Where(char.IsLetterOrDigit));
}

/// <summary>A cell; rows and columns from 0, ends included.</summary>
internal sealed record GridCell(int Row, int Column, int RowEnd, int ColumnEnd, string Text);
