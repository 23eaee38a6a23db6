using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Retrieval;
using Terroir.Server.Endpoints;

namespace Terroir.Cli.Commands;

/// <summary>Searches passages.</summary>
internal static class SearchCommand
{
    private const int ShownLength = 160;

    public static Command Create()
    {
        var query = new Argument<string>("query") { Description = "What to look for." };
        var count = new Option<int>("--count") { Description = "How many: 1 to 1000.", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000)
            {
                result.AddError("--count is 1 to 1000.");
            }
        });
        return CommandLine.Create(
            "search",
            "Finds passages that somebody may read. Example: terroir search \"mot de passe\" --as nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                if (AskCommand.Find(site, parsed.GetValue(AskCommand.As)!) is not { } asker)
                {
                    return await AskCommand.RefuseUserAsync();
                }

                if (parsed.GetValue(query) is not { Length: > 0 and <= SearchRequest.QueryLengthMax } text)
                {
                    return await CommandLine.RefuseAsync("A query has 1 to 4,000 characters.");
                }

                var request = new SearchRequest { Query = text, Asker = asker, Count = parsed.GetValue(count) };
                var result = await site.Services.GetRequiredService<IRetriever>().SearchAsync(request, stop);
                var response = SearchResponse.From(result);
                CommandLine.Print(parsed, response, response.Hits.SelectMany(Describe));
                return ExitCode.Done;
            },
            query,
            AskCommand.As,
            count);
    }

    private static IEnumerable<string> Describe(HitResponse hit) =>
    [
        $"{hit.Score,7:0.000}  {hit.Title}{(hit.PlaceText.Length > 0 ? $", {hit.PlaceText}" : "")} ({hit.Path})",
        $"         {Shorten(hit.Text.ReplaceLineEndings(" "))}",
    ];

    private static string Shorten(string text) => text.Length > ShownLength ? text[..ShownLength] + "…" : text;
}
