using System.CommandLine;
using System.Globalization;
using System.Text;
using Terroir.Cli.Output;
using Terroir.Protection.PersonalData.Synthetic;

namespace Terroir.Cli.Commands;

/// <summary>Makes labelled documents about nobody, to measure what finds personal data.</summary>
internal static class GenerateCommand
{
    /// <summary>How many documents are made unless told otherwise.</summary>
    internal const int CountDefault = 3_000;

    private const string LabelsFile = "labels.jsonl";

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where; a new or empty folder." };
        var seed = new Option<ulong>("--seed")
        {
            Description = "The same seed makes the same documents.",
            DefaultValueFactory = _ => 1,
        };
        var count = new Option<int>("--count")
        {
            Description = "How many, 1 to 1,000,000.",
            DefaultValueFactory = _ => CountDefault,
        };
        var set = new Option<string>("--templates")
        {
            Description = "Of which templates and surnames: training, or evaluation; they share none.",
            DefaultValueFactory = _ => "evaluation",
        };
        set.AcceptOnlyFromAmong("training", "evaluation");
        return CommandLine.Create(
            "generate",
            "Makes letters, invoices and mail about nobody, with labels as 'terroir pii scan --json' prints findings.",
            "terroir pii generate --seed 7 --count 3000 ./lettres",
            (parsed, stop) => RunAsync(
                parsed,
                Path.GetFullPath(parsed.GetValue(folder)!),
                parsed.GetValue(set) is "training" ? SyntheticSet.Training : SyntheticSet.Evaluation,
                parsed.GetValue(seed),
                parsed.GetValue(count),
                stop),
            folder,
            seed,
            count,
            set);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string folder,
        SyntheticSet set,
        ulong seed,
        int count,
        CancellationToken stop)
    {
        if (count is < 1 or > SyntheticDocuments.CountMax)
        {
            return await CommandLine.RefuseAsync("--count is 1 to 1,000,000.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            return await CommandLine.RefuseAsync($"'{folder}' is not empty. Name a new folder.");
        }

        Directory.CreateDirectory(folder);
        var findings = 0;
        await using (var labels = new StreamWriter(Path.Combine(folder, LabelsFile), new UTF8Encoding(false), new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        }))
        {
            foreach (var (index, document) in SyntheticDocuments.Make(set, seed, count).Index())
            {
                stop.ThrowIfCancellationRequested();
                var file = string.Create(CultureInfo.InvariantCulture, $"{index + 1:d7}-{document.Genre}.txt");
                await File.WriteAllTextAsync(Path.Combine(folder, file), document.Text, stop);
                await labels.WriteLineAsync(CommandLine.Serialize(new { file, findings = document.Labels }));
                findings += document.Labels.Count;
            }
        }

        CommandLine.Print(
            parsed,
            new { folder, documents = count, labels = findings },
            [$"{Terminal.Count(count, "document")} with {findings} labels ({LabelsFile}) are in {folder}."]);
        return ExitCode.Done;
    }
}
