using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Answers;
using Terroir.Catalog;
using Terroir.Ingestion;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>The main job on the sample corpus: three questions, two people.</summary>
internal static class DemoCommand
{
    private const string SourceName = "chu-valmont";

    private static readonly (string User, string Question)[] Questions =
    [
        ("nadia.benali", "Combien de temps conserve-t-on un dossier médical ?"),
        ("nadia.benali", "Quel est le coût estimé du projet Mistral ?"),
        ("claire.morel", "Quel est le coût estimé du projet Mistral ?"),
    ];

    public static Command Create()
    {
        var noServe = new Option<bool>("--no-serve") { Description = "End after the answers." };
        return CommandLine.Create(
            "demo",
            "Shows the main job on a fictional hospital. Example: terroir demo --no-serve --json",
            async (parsed, stop) =>
            {
                if (FindSamples(Environment.CurrentDirectory) is not { } samples
                    && (samples = FindSamples(AppContext.BaseDirectory)!) is null)
                {
                    await Console.Error.WriteLineAsync("The folder samples/chu-valmont was not found.");
                    return ExitCode.Refused;
                }

                var folder = parsed.GetValue(CommandLine.Data)!;
                await RunAsync(parsed, folder, samples, stop);
                return parsed.GetValue(noServe)
                    ? ExitCode.Done
                    : await ServeCommand.RunAsync(folder, ServeCommand.DefaultUrl, isDemo: true, stop);
            },
            noServe);
    }

    private static async Task RunAsync(
        ParseResult parsed,
        string folder,
        string samples,
        CancellationToken cancellationToken)
    {
        Site.Create(folder);
        File.Copy(
            Path.Combine(samples, "site", "directory.yaml"),
            Path.Combine(folder, "directory.yaml"),
            overwrite: true);
        await using var site = await CommandLine.OpenAsync(parsed, cancellationToken);
        await SourceCommand.AddAsync(site, SourceName, Path.Combine(samples, "documents"), "file", cancellationToken);
        await SyncCommand.RunAsync(site, SourceName, new SyncOptions(), cancellationToken);
        var answers = new List<(string User, Answer Answer)>();
        foreach (var (user, question) in Questions)
        {
            var asker = AskCommand.Find(site, user)!;
            answers.Add((user, await AskCommand.AskAsync(site, asker, question, cancellationToken)));
        }

        var state = await site.Services.GetRequiredService<ICatalog>()
            .ReadStateAsync(new CollectionId(Site.DefaultCollection), 0, cancellationToken);
        var quarantine = await site.Services.GetRequiredService<IMetastore>()
            .Sources.ListQuarantineAsync(cancellationToken);
        var report = new
        {
            documents = state!.Documents.Count,
            quarantined = quarantine.Count,
            passages = state.Documents.Sum(row => row.Document.PassageCount),
            generation = state.Head.Generation,
            answers = answers.Select(item => Shape(item.User, item.Answer)),
        };
        CommandLine.Print(parsed, report,
        [
            $"{report.documents} documents, {report.passages} passages, {report.quarantined} in quarantine",
            .. answers.SelectMany(item => new[] { "", $"{item.User}: {item.Answer.Question}" }
                .Concat(AskCommand.Describe(item.Answer))),
        ]);
    }

    private static object Shape(string user, Answer answer) => new
    {
        @as = user,
        question = answer.Question,
        answer = answer.Text,
        refused = answer.IsRefused,
        citations = answer.Citations.Select(citation => new
        {
            document = citation.Document,
            version = citation.Version,
            start = citation.Start,
            end = citation.End,
            quote = citation.Quote,
            place = PlaceText.French(citation.Place),
        }),
    };

    private static string? FindSamples(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var samples = Path.Combine(folder, "samples", SourceName);
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        return null;
    }
}
