using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Cli.Output;
using Terroir.Ingestion;
using Terroir.Ingestion.Remarks;
using Terroir.Provenance.Receipts;
using Terroir.Server;
using Terroir.Storage.Embedded;
using Terroir.Web;

namespace Terroir.Cli.Commands;

/// <summary>The main job on the sample corpus: three questions, two people.</summary>
internal static class DemoCommand
{
    private const string SourceName = "chu-valmont";

    // The second and third are the same question: it is confidential, and only one of the two people may know.
    private static readonly (string User, string Question)[] Questions =
    [
        ("nadia.benali", "Combien de temps conserve-t-on un dossier médical ?"),
        ("nadia.benali", "Quel est le coût estimé du projet Mistral ?"),
        ("claire.morel", "Quel est le coût estimé du projet Mistral ?"),
    ];

    public static Command Create()
    {
        var noServe = new Option<bool>("--no-serve") { Description = "End after the answers." };
        var url = ServeCommand.CreateUrl("Where to listen.");
        return CommandLine.Create(
            "demo",
            "Shows the main job on a fictional hospital, then serves the console.",
            "terroir demo",
            async (parsed, stop) =>
            {
                var samples = FindSamples(Environment.CurrentDirectory) ?? FindSamples(AppContext.BaseDirectory);
                if (samples is null)
                {
                    return await CommandLine.RefuseAsync(
                        "The folder samples/chu-valmont was not found. Run the demo inside the repository.");
                }

                var result = await RunAsync(parsed, samples, stop);
                return result != ExitCode.Done || parsed.GetValue(noServe)
                    ? result
                    : await ServeCommand.RunAsync(
                        parsed.GetValue(CommandLine.Data)!,
                        parsed.GetValue(url),
                        isDemo: true,
                        stop);
            },
            noServe,
            url);
    }

    private static async Task<int> RunAsync(ParseResult parsed, string samples, CancellationToken cancellationToken)
    {
        var folder = SiteFolder.Create(parsed.GetValue(CommandLine.Data)!);
        await using var site = CommandLine.Open(parsed);
        if (site.Services.GetRequiredService<IDirectory>().Users.Count == 0)
        {
            var people = await File.ReadAllBytesAsync(
                Path.Combine(samples, "site", "directory.yaml"),
                cancellationToken);
            DurableFile.Replace(folder.DirectoryFile, people);
        }

        var directory = site.Services.GetRequiredService<IDirectory>();
        if (Array.Exists(Questions, item => directory.Find(item.User) is null))
        {
            return await CommandLine.RefuseAsync(
                $"'{folder.Root}' is a site with people of its own. Name another folder with --data.");
        }

        await SourceCommand.AddAsync(
            site,
            new Source(SourceName, Site.DefaultCollection, Path.Combine(samples, "documents"), "file"),
            cancellationToken);
        await SyncCommand.SyncAsync(site, SourceName, new SyncOptions(), cancellationToken);
        var titles = directory.Users
            .ToDictionary(user => user.Id, user => user.Title, StringComparer.Ordinal);
        var answers = new List<DemoAnswer>();
        foreach (var (user, question) in Questions)
        {
            var asker = directory.Find(user)!;
            var answer = await AskCommand.AskAsync(site, asker, question, cancellationToken);
            var receipt = await ReceiptFiles.WriteAsync(site, answer.Receipt, cancellationToken);
            answers.Add(new DemoAnswer(user, titles[user], answer, receipt));
        }

        var status = await site.Services.GetRequiredService<SiteStatusReader>()
            .ReadAsync(RemarkText.English, cancellationToken);
        var report = await ReceiptFiles.VerifyAsync(site.Folder, answers[0].Receipt, cancellationToken);
        Print(parsed, status, answers, report);
        return ExitCode.Done;
    }

    private static void Print(
        ParseResult parsed,
        SiteStatus status,
        IReadOnlyList<DemoAnswer> answers,
        ReceiptReport verified)
    {
        var report = new
        {
            documents = status.Collections.Sum(collection => collection.Documents),
            quarantined = status.Quarantine.Count,
            passages = status.Collections.Sum(collection => collection.Passages),
            generation = status.Collections.Max(collection => collection.Generation),
            answers = answers.Select(Shape),
            verified = verified.IsProven,
        };
        CommandLine.Print(parsed, report,
        [
            Terminal.Plain(
                $"{Terminal.Count(report.documents, "document")}, {Terminal.Count(report.passages, "passage")}, "
                + $"{Terminal.Count(report.quarantined, "file")} in quarantine (see 'terroir status')"),
            .. answers.SelectMany(item => AskCommand.Draw(item.Answer)
                .Append(AskCommand.DrawReceipt(item.Receipt))
                .Prepend(Terminal.Plain($"{item.User}, {item.Title}: {item.Answer.Question}", new Style(Color.Blue)))
                .Prepend(Text.Empty)),
            Text.Empty,
            Terminal.Plain(verified.IsProven
                ? $"The first receipt is proven: {verified.Statements.Count} statements hold. To see them: "
                    + $"terroir verify {ShellWord.Quote(answers[0].Receipt)}{CommandLine.DataFlag(parsed)}"
                : "The first receipt is NOT proven."),
            Terminal.Plain(
                "Every quote was compared with the stored bytes. The last two questions are the same: only one of the "
                + "two people may read the document that answers it."),
        ]);
    }

    private static object Shape(DemoAnswer item) => new
    {
        @as = item.User,
        question = item.Answer.Question,
        answer = item.Answer.Text,
        refused = item.Answer.IsRefused,
        receipt = item.Receipt,
        citations = item.Answer.Citations.Select(citation => new
        {
            document = citation.Document,
            version = citation.Version,
            start = citation.Start,
            end = citation.End,
            quote = citation.Quote,
            place = PlaceWords.Describe(citation.Place, ConsoleText.French),
        }),
    };

    private sealed record DemoAnswer(string User, string Title, Answer Answer, string Receipt);

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
