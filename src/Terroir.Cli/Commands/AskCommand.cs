using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Asks a question.</summary>
internal static class AskCommand
{
    public static Option<string> As { get; } = new("--as")
    {
        Description = "Who asks: a user of directory.yaml.",
        Required = true,
    };

    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "The question." };
        return CommandLine.Create(
            "ask",
            "Answers from what somebody may read. Example: terroir ask \"Qui déclenche le plan blanc ?\" --as USER",
            async (parsed, stop) =>
            {
                await using var site = await CommandLine.OpenAsync(parsed, stop);
                if (Find(site, parsed.GetValue(As)!) is not { } asker)
                {
                    await Console.Error.WriteLineAsync("There is no such user in directory.yaml.");
                    return ExitCode.Refused;
                }

                var answer = await AskAsync(site, asker, parsed.GetValue(question)!, stop);
                CommandLine.Print(parsed, answer, Describe(answer));
                return ExitCode.Done;
            },
            question,
            As);
    }

    public static Asker? Find(Site site, string user) => site.Services.GetRequiredService<IDirectory>().Find(user);

    public static Task<Answer> AskAsync(Site site, Asker asker, string question, CancellationToken cancellationToken) =>
        site.Services.GetRequiredService<IAnswerer>().AskAsync(
            new AskRequest { Question = question, Asker = asker },
            cancellationToken);

    public static IEnumerable<string> Describe(Answer answer) =>
    [
        answer.Text,
        .. answer.Citations.Select(citation =>
            $"  [{citation.Number}] {citation.Title}, {PlaceText.French(citation.Place)} ({citation.Path}, bytes "
            + $"{citation.Start}-{citation.End}, checked)"),
    ];
}
