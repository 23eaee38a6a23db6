using Terroir.Documents;

namespace Terroir.Extraction;

/// <summary>Scores the tables of one file.</summary>
internal static class FileTables
{
    public static async Task<IReadOnlyList<(string Name, double Value)>> ScoreAsync(string file, TableTruth truth)
    {
        var found = (await Files.BlocksAsync(file)).OfType<TableBlock>().Select(ToGrid).ToArray();
        return [("end to end F", F1(truth.Tables, found))];
    }

    /// <summary>F1 of the relations of all tables of a file; 1 where neither side has any.</summary>
    public static double F1(IReadOnlyList<GridTable> expected, IReadOnlyList<GridTable> found)
    {
        var a = Sum(expected);
        var b = Sum(found);
        var shared = a.Sum(pair => Math.Min(pair.Value, b.GetValueOrDefault(pair.Key)));
        return a.Count + b.Count == 0 ? 1 : 2.0 * shared / (a.Values.Sum() + b.Values.Sum());
    }

    private static GridTable ToGrid(TableBlock table) => new(
        table.Place.Page ?? 0,
        table.Place.Box ?? new PageBox(0, 0, 0, 0),
        [
            .. table.Rows.SelectMany((row, index) =>
                row.Cells.Select((text, column) => new GridCell(index, column, index, column, text))),
        ]);

    private static Dictionary<string, int> Sum(IReadOnlyList<GridTable> tables) => tables
        .SelectMany(table => table.Relations())
        .GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal);
}
