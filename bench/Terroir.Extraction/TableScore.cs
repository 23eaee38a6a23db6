namespace Terroir.Extraction;

/// <summary>Question: are tables found, and are their cells right? Files and measures of the table competition of
/// 2013: adjacency relations, averaged by file.</summary>
internal static class TableScore
{
    public static async Task RunAsync(string folder, bool isVerbose, TextWriter output)
    {
        var figures = new Dictionary<string, List<(double, bool)>>(StringComparer.Ordinal);
        foreach (var (file, isTuned) in Halves.Of(Directory.GetFiles(folder, "*.pdf")))
        {
            var truth = TableTruth.Load(file);
            var score = await FileTables.ScoreAsync(file, truth);
            foreach (var (name, value) in score)
            {
                if (!figures.TryGetValue(name, out var list))
                {
                    figures[name] = list = [];
                }

                list.Add((value, isTuned));
            }

            if (isVerbose)
            {
                await output.WriteLineAsync($"{Path.GetFileName(file)}{(isTuned ? "" : " (held out)")}: "
                    + string.Join(", ", score.Select(pair => $"{pair.Name} {pair.Value:0.00}")));
            }
        }

        await output.WriteLineAsync("\n| tables, mean by file | all | tuned on | held out | files |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        foreach (var (name, values) in figures)
        {
            await Halves.WriteAsync(output, name, values);
        }
    }
}
