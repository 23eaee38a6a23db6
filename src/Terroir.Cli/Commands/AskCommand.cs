using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Cli.Output;
using Terroir.Server;
using Terroir.Server.Endpoints;
using Terroir.Web;

namespace Terroir.Cli.Commands;

/// <summary>Asks a question.</summary>
internal static class AskCommand
{
    public static Option<string> As { get; } = new("--as")
    {
        Description = "Who asks: a user of directory.yaml.",
        Required = true,
    };

    private static readonly Option<string> Engine = new("--engine")
    {
        Description = "Who writes: extractive, or a model of 'terroir model list'. By default the settings say who.",
        DefaultValueFactory = _ => "",
    };

    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "The question." };
        return CommandLine.Create(
            "ask",
            "Answers from what somebody may read, with citations.",
            "terroir ask \"Qui déclenche le plan blanc ?\" --as nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                if (Find(site, parsed.GetValue(As)!) is not { } asker)
                {
                    return await RefuseUserAsync();
                }

                if (parsed.GetValue(question) is not { Length: > 0 and <= Retrieval.SearchRequest.QueryLengthMax } text)
                {
                    return await CommandLine.RefuseAsync("A question has 1 to 4,000 characters.");
                }

                var answer = await AskAsync(site, asker, text, stop, parsed.GetValue(Engine)!);
                var receipt = await ReceiptFiles.WriteAsync(site, answer.Receipt, stop);
                CommandLine.Print(
                    parsed,
                    AnswerResponse.From(answer) with { Receipt = receipt },
                    Draw(answer).Append(DrawReceipt(receipt)));
                return ExitCode.Done;
            },
            question,
            As,
            Engine);
    }

    public static Asker? Find(Site site, string user) => site.Services.GetRequiredService<IDirectory>().Find(user);

    public static Task<int> RefuseUserAsync() =>
        CommandLine.RefuseAsync("There is no such user in directory.yaml. Add them there, or name another with --as.");

    public static Task<Answer> AskAsync(
        Site site,
        Asker asker,
        string question,
        CancellationToken cancellationToken,
        string engine = "") =>
        site.Services.GetRequiredService<IAnswerer>().AskAsync(
            new AskRequest { Question = question, Asker = asker, Engine = engine },
            cancellationToken);

    public static IRenderable DrawReceipt(string receipt) =>
        Terminal.Plain($"  receipt: {receipt}", new Style(decoration: Decoration.Dim));

    public static IEnumerable<IRenderable> Draw(Answer answer)
    {
        yield return Terminal.Plain(answer.Text, new Style(decoration: Decoration.Bold));
        foreach (var citation in answer.Citations)
        {
            var place = PlaceWords.Describe(citation.Place, ConsoleText.French);
            var title = place.Length > 0 ? $"{citation.Title}, {place}" : citation.Title;
            yield return Terminal.Indent(Terminal.Plain($"[{citation.Number}] {title}"), 2);
            yield return Terminal.Indent(
                Terminal.Plain(
                    $"{citation.Path}, version {citation.Version.Hex[..12]}, bytes {citation.Start}-{citation.End}, "
                    + "checked",
                    new Style(decoration: Decoration.Dim)),
                6);
            foreach (var kin in citation.Duplicates)
            {
                yield return Terminal.Indent(SearchCommand.DrawKin(DuplicateResponse.From(kin)), 6);
            }
        }

        foreach (var notice in answer.Notices)
        {
            yield return Terminal.Indent(Terminal.Plain($"! {notice}", new Style(Color.Yellow)), 2);
        }

        yield return Terminal.Plain($"  provider: {answer.Provider}", new Style(decoration: Decoration.Dim));
    }
}
