namespace Terroir.Extraction;

/// <summary>Question: are tables found, and are their cells right? Files and measures of the table competition of
/// 2013: adjacency relations, averaged by file.</summary>
internal static class TableScore
{
    public static async Task RunAsync(string folder, bool isVerbose, TextWriter output)
    {
        var all = new List<(TableFigures Figures, bool IsTuned)>();
        foreach (var (file, isTuned) in Halves.Of(Directory.GetFiles(folder, "*.pdf")))
        {
            var figures = await FileTables.ScoreAsync(file, TableTruth.Load(file));
            all.Add((figures, isTuned));
            if (isVerbose && isTuned)
            {
                await output.WriteLineAsync(
                    $"{Path.GetFileName(file)}: structure {figures.Structure:0.00}, "
                    + $"end to end {figures.EndToEnd:0.00}, tables {figures.Tables}, letters P "
                    + $"{figures.LetterPrecision:0.00} R {figures.LetterRecall:0.00}");
            }
        }

        await output.WriteLineAsync("\n| tables, mean by file | all | tuned on | held out | files |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        await WriteAsync("structure F, region given", figures => figures.Structure);
        await WriteAsync("end to end F", figures => figures.EndToEnd);
        await WriteAsync("found letters, precision", figures => figures.LetterPrecision);
        await WriteAsync("found letters, recall", figures => figures.LetterRecall);
        await WriteCountAsync("found tables, precision", figures => (figures.Tables.Matched, figures.Tables.Found));
        await WriteCountAsync("found tables, recall", figures => (figures.Tables.Matched, figures.Tables.Expected));

        async Task WriteAsync(string name, Func<TableFigures, double> pick) =>
            await Halves.WriteAsync(output, name, [.. all.Select(item => (pick(item.Figures), item.IsTuned))]);

        async Task WriteCountAsync(string name, Func<TableFigures, (int Part, int Whole)> pick)
        {
            string Ratio(Func<bool, bool> isChosen)
            {
                var chosen = all.Where(item => isChosen(item.IsTuned)).Select(item => pick(item.Figures)).ToArray();
                return $"{(double)chosen.Sum(pair => pair.Part) / chosen.Sum(pair => pair.Whole):0.000}";
            }

            await output.WriteLineAsync(
                $"| {name} | {Ratio(_ => true)} | {Ratio(isTuned => isTuned)} | {Ratio(isTuned => !isTuned)} | "
                + $"{all.Count} |");
        }
    }
}
