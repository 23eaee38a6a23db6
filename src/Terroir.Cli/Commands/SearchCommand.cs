using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Retrieval;

namespace Terroir.Cli.Commands;

/// <summary>Searches passages.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var query = new Argument<string>("query") { Description = "What to look for." };
        var count = new Option<int>("--count") { Description = "How many.", DefaultValueFactory = _ => 10 };
        return CommandLine.Create(
            "search",
            "Finds passages that somebody may read. Example: terroir search \"mot de passe\" --as nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = await CommandLine.OpenAsync(parsed, stop);
                if (AskCommand.Find(site, parsed.GetValue(AskCommand.As)!) is not { } asker)
                {
                    await Console.Error.WriteLineAsync("There is no such user in directory.yaml.");
                    return ExitCode.Refused;
                }

                var request = new SearchRequest
                {
                    Query = parsed.GetValue(query)!,
                    Asker = asker,
                    Count = Math.Clamp(parsed.GetValue(count), 1, 1_000),
                };
                var result = await site.Services.GetRequiredService<IRetriever>().SearchAsync(request, stop);
                CommandLine.Print(parsed, result, result.Hits.Select(hit =>
                    $"{hit.Score:0.000}  {hit.Document.Path}  {hit.Text.ReplaceLineEndings(" ")}"));
                return ExitCode.Done;
            },
            query,
            AskCommand.As,
            count);
    }
}
