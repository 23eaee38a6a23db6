using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
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

    private static readonly string[] Files = ["corpus.jsonl", "queries.jsonl", "qrels.tsv"];

    public static Command Create()
    {
        var folder = new Argument<string>("dir")
        {
            Description = "A folder with corpus.jsonl, queries.jsonl, qrels.tsv.",
        };
        return CommandLine.Create(
            "eval",
            "Measures search on a judged collection. Example: terroir eval data/scifact-en --json",
            async (parsed, stop) =>
            {
                var source = parsed.GetValue(folder)!;
                if (Array.Find(Files, name => !File.Exists(Path.Combine(source, name))) is { } missing)
                {
                    return await CommandLine.RefuseAsync($"'{source}' holds no {missing}.");
                }

                var data = Directory.CreateTempSubdirectory("terroir-eval-");
                try
                {
                    var report = await RunAsync(source, data.FullName, stop);
                    CommandLine.Print(parsed, report, report.Select(pair => $"{pair.Key,-14} {pair.Value}"));
                    return ExitCode.Done;
                }
                finally
                {
                    data.Delete(recursive: true);
                }
            },
            folder);
    }

    private static async Task<Dictionary<string, object>> RunAsync(
        string folder,
        string data,
        CancellationToken cancellationToken)
    {
        SiteFolder.Create(data);
        await using var site = Site.Open(data);
        var collection = new CollectionId("eval");
        var watch = Stopwatch.StartNew();
        var ids = await IngestAsync(site, collection, Path.Combine(folder, "corpus.jsonl"), cancellationToken);
        var indexSeconds = watch.Elapsed.TotalSeconds;
        var grades = ReadGrades(Path.Combine(folder, "qrels.tsv"));
        var retriever = site.Services.GetRequiredService<IRetriever>();
        var scores = new List<(double Ndcg, double Recall, double ReciprocalRank, double Ms)>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "queries.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var id = json.RootElement.GetProperty("id").GetString()!;
            if (!grades.TryGetValue(id, out var judged))
            {
                continue;
            }

            watch.Restart();
            var result = await retriever.SearchAsync(
                new SearchRequest
                {
                    Query = json.RootElement.GetProperty("text").GetString()!,
                    Asker = new Asker("eval", []),
                    Count = 100,
                    OnePerDocument = true,
                },
                cancellationToken);
            var elapsed = watch.Elapsed.TotalMilliseconds;
            var ranking = result.Hits.Select(hit => hit.Document.Path).ToArray();
            scores.Add((
                RankingMetrics.Ndcg(ranking, judged, 10),
                RankingMetrics.Recall(ranking, judged, 100),
                RankingMetrics.ReciprocalRank(ranking, judged, 10),
                elapsed));
        }

        var times = scores.Select(score => score.Ms).Order().ToArray();
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["dataset"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            ["documents"] = ids,
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

    private static async Task<int> IngestAsync(
        Site site,
        CollectionId collection,
        string corpus,
        CancellationToken cancellationToken)
    {
        var catalog = site.Services.GetRequiredService<ICatalog>();
        await catalog.CreateCollectionAsync(collection, cancellationToken);
        await using var writer = await catalog.OpenWriterAsync(collection, cancellationToken);
        var count = 0;
        foreach (var lines in File.ReadLines(corpus).Chunk(BatchCount))
        {
            var documents = lines.AsParallel().AsOrdered().Select(line => Prepare(collection, line))
                .OfType<PreparedDocument>().ToArray();
            await writer.CommitAsync(new CatalogChange { Added = documents }, cancellationToken);
            count += documents.Length;
        }

        await writer.MergeAsync(cancellationToken);
        return count;
    }

    private static PreparedDocument? Prepare(CollectionId collection, string line)
    {
        using var json = JsonDocument.Parse(line);
        var id = json.RootElement.GetProperty("id").GetString()!;
        var title = json.RootElement.GetProperty("title").GetString()!;
        var paragraphs = json.RootElement.GetProperty("text").GetString()!.Split('\n')
            .Select(text => (Block)new ParagraphBlock(text, SourcePlace.Whole));
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

    private static Dictionary<string, Dictionary<string, int>> ReadGrades(string path) =>
        File.ReadLines(path).Select(line => line.Split('\t')).Where(parts => parts.Length == 3)
            .Where(parts => int.TryParse(parts[2], System.Globalization.CultureInfo.InvariantCulture, out _))
            .GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.ToDictionary(
                    parts => parts[1],
                    parts => int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture),
                    StringComparer.Ordinal),
                StringComparer.Ordinal);
}
