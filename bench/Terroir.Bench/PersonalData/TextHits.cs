using System.Text;
using Terroir.Protection.PersonalData;
using static Terroir.Bench.Report;

namespace Terroir.Bench.PersonalData;

/// <summary>Question: which names are found in texts that people wrote? Somebody has to read the answer: nothing says
/// which are right.</summary>
internal static class TextHits
{
    private const int AroundCount = 40;

    private static readonly string[] Columns = ["rule", "hits", "a MB"];

    /// <summary>Writes each hit to standard error and how many there are of each rule to the report.</summary>
    /// <param name="folder">A folder with texts, <c>*.txt</c>.</param>
    /// <param name="cancellationToken">Stops it between two texts.</param>
    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var scanner = new PersonalDataScanner(new PersonalDataOptions());
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var size = 0L;
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            var bytes = Encoding.UTF8.GetBytes(text);
            size += bytes.Length;
            foreach (var hit in scanner.Scan(text).Where(hit => hit.Kind is "person"))
            {
                counts[hit.Rule] = counts.GetValueOrDefault(hit.Rule) + 1;
                var (from, to) = (Math.Max(0, hit.Start - AroundCount), Math.Min(bytes.Length, hit.End + AroundCount));
                await Console.Error.WriteLineAsync(
                    $"{hit.Rule}\t{hit.Text}\t{Encoding.UTF8.GetString(bytes[from..to]).ReplaceLineEndings("/")}");
            }
        }

        await WriteTableAsync(
            Columns,
            [.. counts.Select(item => new[]
            {
                item.Key, Number(item.Value, "0"), Number(item.Value / (size / 1e6), "0.0"),
            })]);
    }
}
