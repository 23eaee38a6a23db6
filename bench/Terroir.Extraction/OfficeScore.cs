using System.Text.RegularExpressions;

namespace Terroir.Extraction;

/// <summary>Question: how much does our text agree, word by word, with the expected Markdown of the public office
/// files? The measure is that of the acceptance script: Python's sequence matcher over lower-case words.</summary>
internal static partial class OfficeScore
{
    public static async Task RunAsync(string root, TextWriter output)
    {
        await output.WriteLineAsync("\n| file | similarity |\n|---|---|");
        var truths = Directory.GetFiles(Path.Combine(root, "pdf", "groundtruth"), "*.md", SearchOption.AllDirectories);
        var figures = new List<(double Value, bool IsTuned)>();
        foreach (var (truth, isTuned) in Halves.Of(truths))
        {
            var name = Path.GetFileNameWithoutExtension(truth);
            var file = Path.Combine(root, "pdf", "sources", name + ".pdf");
            if (!File.Exists(file))
            {
                continue;
            }

            var expected = Words(await File.ReadAllTextAsync(truth));
            var ratio = CommonSubsequence.MatcherRatio(Words(await Files.TextAsync(file)), expected);
            figures.Add((ratio, isTuned));
            await output.WriteLineAsync($"| {name}.pdf{(isTuned ? "" : " (held out)")} | {ratio:0.000} |");
        }

        await output.WriteLineAsync("\n| PDF against expected Markdown | all | tuned on | held out | files |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        await Halves.WriteAsync(output, "similarity", figures);
    }

    private static string[] Words(string text) =>
        [.. Word().Matches(Comment().Replace(text, " ").ToLowerInvariant()).Select(match => match.Value)];

    // Python's \w has no combining marks and all numbers.
    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.None, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, 10_000)]
    private static partial Regex Comment();
}
