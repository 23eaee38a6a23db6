using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Cli.Commands;
using Terroir.Cli.Output;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;

namespace Terroir.Cli.Evaluation;

/// <summary>Measures judged questions on a collection of the site, by words alone and with meaning, and says what
/// meaning should count there: nothing unless it wins.</summary>
internal static class CollectionEvaluation
{
    /// <summary>With fewer judged questions a difference says little.</summary>
    private const int QueryCountMin = 30;

    public static Option<string?> As { get; } = new("--as")
    {
        Description = "With --collection: as whom, the id of a user.",
    };

    public static async Task<int> RunAsync(
        ParseResult parsed,
        JudgedSet set,
        string name,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        if (parsed.GetValue(As) is not { } user)
        {
            return await CommandLine.RefuseAsync("A collection is searched as somebody: name them with --as.");
        }

        if (await AskCommand.FindAsync(site, user, cancellationToken) is not { } asker)
        {
            return await AskCommand.RefuseUserAsync(user);
        }

        if (!CollectionId.IsValid(name))
        {
            return await CommandLine.RefuseAsync($"'{name}' cannot name a collection.");
        }

        try
        {
            var collection = new CollectionId(name);
            var search = new JudgedSearch(set, site);
            var vectors = await site.Services.GetRequiredService<IPassageEmbedding>()
                .ReadStateAsync(collection, cancellationToken);
            var weight = vectors?.InForce is null
                ? RetrievalOptions.MeaningWeightDefault
                : RetrievalOptions.EncoderWeightDefault;
            var words = await Waiting.WithBarAsync(
                "Searching by words",
                tell => search.RunAsync(asker, collection, 0, tell, cancellationToken));
            var both = await Waiting.WithBarAsync(
                "Searching with meaning",
                tell => search.RunAsync(
                    asker,
                    collection,
                    weight,
                    tell,
                    cancellationToken));
            Print(parsed, name, words, both, weight);
            return ExitCode.Done;
        }
        catch (FormatException exception)
        {
            return await CommandLine.RefuseAsync(exception.Message);
        }
    }

    private static void Print(
        ParseResult parsed,
        string name,
        List<QueryScore> words,
        List<QueryScore> both,
        double tried)
    {
        var weight = Decide(words, both, tried);
        var report = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["collection"] = name,
            ["queries"] = words.Count,
            ["ndcg@10TextOnly"] = Math.Round(words.Average(score => score.Ndcg), 4),
            ["ndcg@10"] = Math.Round(both.Average(score => score.Ndcg), 4),
            ["recall@100TextOnly"] = Math.Round(words.Average(score => score.Recall), 4),
            ["recall@100"] = Math.Round(both.Average(score => score.Recall), 4),
            ["better"] = words.Zip(both).Count(pair => pair.Second.Ndcg > pair.First.Ndcg),
            ["worse"] = words.Zip(both).Count(pair => pair.Second.Ndcg < pair.First.Ndcg),
            ["meaningWeight"] = weight,
        };
        string[] setting =
        [
            "",
            "To keep this, write into terroir.yaml:",
            "retrieval:",
            "  meaningWeights:",
            FormattableString.Invariant($"    {name}: {weight}"),
        ];
        var warning = words.Count < QueryCountMin
            ? [$"{Terminal.Count(words.Count, "judged question")}: fewer than {QueryCountMin} say little."]
            : Array.Empty<string>();
        CommandLine.Print(
            parsed,
            report,
            [
                .. report.Select(pair => FormattableString.Invariant($"{pair.Key,-18} {pair.Value}")),
                .. warning,
                .. setting,
            ]);
    }

    /// <summary>Meaning counts only if it wins on the judged questions.</summary>
    private static double Decide(List<QueryScore> words, List<QueryScore> both, double tried) =>
        both.Sum(score => score.Ndcg) > words.Sum(score => score.Ndcg) ? tried : 0;
}
