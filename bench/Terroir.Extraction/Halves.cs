namespace Terroir.Extraction;

/// <summary>Splits a set of files by name: the files at even places are tuned on, those at odd places are not looked
/// at before the score.</summary>
internal static class Halves
{
    public static IReadOnlyList<(string File, bool IsTuned)> Of(IEnumerable<string> files) =>
        [.. files.Order(StringComparer.Ordinal).Select((file, index) => (file, index % 2 == 0))];

    /// <summary>Writes the means of figures over all files and over either half.</summary>
    public static async Task WriteAsync(
        TextWriter output,
        string name,
        IReadOnlyList<(double Value, bool IsTuned)> figures)
    {
        var tuned = figures.Where(figure => figure.IsTuned).Select(figure => figure.Value).ToArray();
        var held = figures.Where(figure => !figure.IsTuned).Select(figure => figure.Value).ToArray();
        await output.WriteLineAsync(
            $"| {name} | {Mean([.. tuned, .. held])} | {Mean(tuned)} | {Mean(held)} | {figures.Count} |");
    }

    private static string Mean(double[] values) => values.Length == 0 ? "-" : $"{values.Average():0.000}";
}
