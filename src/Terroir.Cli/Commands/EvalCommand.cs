using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Cli.Evaluation;
using Terroir.Cli.Output;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Retrieval;
using Terroir.Retrieval.Evaluation;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Measures retrieval on a judged collection, through the same durable path as any document.</summary>
internal static class EvalCommand
{
    private const int BatchCount = 512;

    public static Command Create()
    {
        var folder = new Argument<string>("dir")
        {
            Description = "A folder with corpus.jsonl, queries.jsonl, qrels.tsv.",
        };
        return CommandLine.Create(
            "eval",
            "Measures search on a judged collection.",
            "terroir eval data/scifact-en --json",
            async (parsed, stop) =>
            {
                var source = parsed.GetValue(folder)!;
                var (set, missing) = JudgedSet.Open(source);
                if (set is null)
                {
                    return await CommandLine.RefuseAsync($"'{source}' holds no {missing}.");
                }

                var data = Directory.CreateTempSubdirectory("terroir-eval-");
                try
                {
                    var report = await RunAsync(set, data.FullName, stop);
                    CommandLine.Print(parsed, report, report.Select(pair => $"{pair.Key,-14} {pair.Value}"));
                    return ExitCode.Done;
                }
                catch (Exception exception) when ((exception as FormatException ?? exception.InnerException)
                    is FormatException fault)
                {
                    return await CommandLine.RefuseAsync(fault.Message);
                }
                finally
                {
                    data.Delete(recursive: true);
                }
            },
            folder);
    }

    private static async Task<Dictionary<string, object>> RunAsync(
        JudgedSet set,
        string data,
        CancellationToken cancellationToken)
    {
        SiteFolder.Create(data);
        await using var site = Site.Open(data);
        var grades = set.ReadGrades();
        var queries = set.ReadQueries().Where(query => grades.ContainsKey(query.Id)).ToArray();
        if (queries.Length == 0)
        {
            throw new FormatException($"No query of '{set.Name}' has a judged document.");
        }

        var (count, indexSeconds) = await Waiting.WithBarAsync(
            "Indexing",
            tell => IngestAsync(site, set, tell, cancellationToken));
        var scores = await Waiting.WithBarAsync(
            "Searching",
            tell => SearchAsync(site, queries, grades, tell, cancellationToken));
        var times = scores.Select(score => score.Ms).Order().ToArray();
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["dataset"] = set.Name,
            ["documents"] = count,
            ["queries"] = scores.Count,
            ["ndcg@10"] = Math.Round(scores.Average(score => score.Ndcg), 4),
            ["recall@100"] = Math.Round(scores.Average(score => score.Recall), 4),
            ["mrr@10"] = Math.Round(scores.Average(score => score.ReciprocalRank), 4),
            ["indexSeconds"] = Math.Round(indexSeconds, 2),
            ["p50Ms"] = Math.Round(times[times.Length / 2], 2),
            ["p99Ms"] = Math.Round(times[times.Length * 99 / 100], 2),
            ["peakRssMb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
        };
    }

    private static async Task<List<QueryScore>> SearchAsync(
        Site site,
        (string Id, string Text)[] queries,
        Dictionary<string, Dictionary<string, int>> grades,
        Action<int, int>? tell,
        CancellationToken cancellationToken)
    {
        var retriever = site.Services.GetRequiredService<IRetriever>();
        var scores = new List<QueryScore>(queries.Length);
        foreach (var (id, text) in queries)
        {
            var watch = Stopwatch.StartNew();
            var result = await retriever.SearchAsync(
                new SearchRequest
                {
                    Query = text,
                    Asker = new Asker("eval", []),
                    Count = 100,
                    OnePerDocument = true,
                },
                cancellationToken);
            var elapsed = watch.Elapsed.TotalMilliseconds;
            var ranking = result.Hits.Select(hit => hit.Document.Path).ToArray();
            scores.Add(new QueryScore(
                RankingMetrics.Ndcg(ranking, grades[id], 10),
                RankingMetrics.Recall(ranking, grades[id], 100),
                RankingMetrics.ReciprocalRank(ranking, grades[id], 10),
                elapsed));
            tell?.Invoke(scores.Count, queries.Length);
        }

        return scores;
    }

    private static async Task<(int Count, double Seconds)> IngestAsync(
        Site site,
        JudgedSet set,
        Action<int, int>? tell,
        CancellationToken cancellationToken)
    {
        var total = tell is null ? 0 : set.CountDocuments();
        var watch = Stopwatch.StartNew();
        var catalog = site.Services.GetRequiredService<ICatalog>();
        var collection = new CollectionId("eval");
        await catalog.CreateCollectionAsync(collection, cancellationToken);
        await using var writer = await catalog.OpenWriterAsync(collection, cancellationToken);
        var count = 0;
        foreach (var lines in set.DocumentLines().Chunk(BatchCount))
        {
            var documents = lines.AsParallel().AsOrdered()
                .Select(item => Prepare(collection, item.Number, item.Line))
                .OfType<PreparedDocument>().ToArray();
            await writer.CommitAsync(new CatalogChange { Added = documents }, cancellationToken);
            count += documents.Length;
            tell?.Invoke(lines[^1].Number, total);
        }

        await writer.MergeAsync(cancellationToken);
        return (count, watch.Elapsed.TotalSeconds);
    }

    private static PreparedDocument? Prepare(CollectionId collection, int number, string line)
    {
        var (id, title, text) = JudgedSet.ReadDocument(number, line);
        var paragraphs = text.Split('\n').Select(part => (Block)new ParagraphBlock(part, SourcePlace.Whole));
        var file = new SourceFile(
            collection,
            "eval",
            id,
            DateTimeOffset.UnixEpoch,
            new AccessList([AccessList.Everyone], []),
            "");
        var document = new ExtractedDocument
        {
            MediaType = "text/plain",
            Reader = "eval",
            Title = title.Length > 0 ? title : " ",
            Blocks = [.. paragraphs],
        };
        return DocumentPreparer.Prepare(file, document, System.Text.Encoding.UTF8.GetBytes(line));
    }

    /// <summary>How well one query was answered, and in how long.</summary>
    private sealed record QueryScore(double Ndcg, double Recall, double ReciprocalRank, double Ms);
}
