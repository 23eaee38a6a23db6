using System.Text.RegularExpressions;

namespace Terroir.Answers.Extractive;

/// <summary>Shows canonical text to a person: the words without their marks. The quote keeps the bytes.</summary>
internal static partial class ShownText
{
    /// <summary>Shows a sentence or an item.</summary>
    /// <param name="text">The text, without the mark of an item.</param>
    public static string Plain(string text) => Mark().Replace(Emphasis().Replace(text, ""), "").Trim();

    /// <summary>Shows a row as pairs of column name and cell; a cell without a name stands alone, an empty cell is left
    /// out.</summary>
    /// <param name="header">The header rows with their bars, a line each; empty if there is none.</param>
    /// <param name="row">The row with its bars.</param>
    public static string Row(string header, string row)
    {
        var names = Columns(header);
        return string.Join(" – ", Cells(row)
            .Select((cell, column) => (Cell: cell, Name: column < names.Count ? names[column] : ""))
            .Where(pair => pair.Cell.Length > 0)
            .Select(pair => pair.Name.Length > 0 ? $"{pair.Name} : {pair.Cell}" : pair.Cell));
    }

    /// <summary>The names of the columns of a table in one line.</summary>
    /// <param name="header">The header rows with their bars, a line each; may be empty.</param>
    public static string Names(string header) =>
        string.Join(" | ", Columns(header).Where(name => name.Length > 0));

    // A column below several header rows has all of their cells for a name; one that covers several rows counts once.
    private static List<string> Columns(string header)
    {
        var names = new List<string>();
        foreach (var line in header.Split('\n').Where(line => !Rule().IsMatch(line)))
        {
            foreach (var (column, cell) in Cells(line).Index())
            {
                if (column == names.Count)
                {
                    names.Add(cell);
                }
                else if (cell.Length > 0 && !names[column].EndsWith(cell, StringComparison.Ordinal))
                {
                    names[column] = names[column].Length > 0 ? $"{names[column]}, {cell}" : cell;
                }
            }
        }

        return names;
    }

    private static List<string> Cells(string row) =>
        row.Length == 0
            ? []
            : [.. Bar().Split(row.Trim().TrimStart('|').TrimEnd('|')).Select(cell =>
                Plain(cell.Replace(@"\|", "|", StringComparison.Ordinal)))];

    [GeneratedRegex(@"^\|(?:-+\|)+$", RegexOptions.None, 30_000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.None, 30_000)]
    private static partial Regex Bar();

    [GeneratedRegex(@"\*\*|(?<!\w)__|__(?!\w)|`+", RegexOptions.None, 30_000)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^(?:[-*•–|#>]+\s+|\d{1,3}[.)]\s+)+", RegexOptions.None, 30_000)]
    private static partial Regex Mark();
}
