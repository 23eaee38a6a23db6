using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Cli.Evaluation;
using Terroir.Cli.Output;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Measures retrieval on a judged collection, through the same durable path as any document.</summary>
internal static class EvalCommand
{
    private const int BatchCount = 512;

    private static readonly CollectionId Collection = new("eval");
    private static readonly Asker Asker = new("eval", []);

    private static readonly Option<string?> LiveCollection = new("--collection")
    {
        Description = "Measure this collection of the site, and say what meaning should count there. The questions' "
            + "documents are paths.",
    };

    public static Command Create()
    {
        var folder = new Argument<string>("dir")
        {
            Description = "A folder with queries.jsonl, qrels.tsv, and corpus.jsonl unless --collection is given.",
        };
        var textOnly = new Option<bool>("--text-only")
        {
            Description = "Let only words count, and not what they mean.",
        };
        return CommandLine.Create(
            "eval",
            "Measures search on judged questions: on documents of their own, or on a collection of the site.",
            "terroir eval data/scifact-en --json",
            async (parsed, stop) =>
            {
                var source = parsed.GetValue(folder)!;
                var collection = parsed.GetValue(LiveCollection);
                var (set, missing) = JudgedSet.Open(source, hasCorpus: collection is null);
                if (set is null)
                {
                    return await CommandLine.RefuseAsync($"'{source}' holds no {missing}.");
                }

                if (collection is not null)
                {
                    return await CollectionEvaluation.RunAsync(parsed, set, collection, stop);
                }

                var data = Directory.CreateTempSubdirectory("terroir-eval-");
                try
                {
                    var report = await RunAsync(set, data.FullName, parsed.GetValue(textOnly), stop);
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
            folder,
            textOnly,
            LiveCollection,
            CollectionEvaluation.As);
    }

    private static async Task<Dictionary<string, object>> RunAsync(
        JudgedSet set,
        string data,
        bool isTextOnly,
        CancellationToken cancellationToken)
    {
        SiteFolder.Create(data);
        await using var site = Site.Open(data);
        var search = new JudgedSearch(set, site);
        var (count, indexSeconds) = await Waiting.WithBarAsync(
            "Indexing",
            tell => IngestAsync(site, set, tell, cancellationToken));
        var scores = await Waiting.WithBarAsync(
            "Searching",
            tell => search.RunAsync(Asker, Collection, isTextOnly ? 0 : null, tell, cancellationToken));
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

    private static async Task<(int Count, double Seconds)> IngestAsync(
        Site site,
        JudgedSet set,
        Action<int, int>? tell,
        CancellationToken cancellationToken)
    {
        var total = tell is null ? 0 : set.CountDocuments();
        var watch = Stopwatch.StartNew();
        var catalog = site.Services.GetRequiredService<ICatalog>();
        await catalog.CreateCollectionAsync(Collection, cancellationToken);
        await using var writer = await catalog.OpenWriterAsync(Collection, cancellationToken);
        var count = 0;
        foreach (var lines in set.DocumentLines().Chunk(BatchCount))
        {
            var documents = lines.AsParallel().AsOrdered()
                .Select(item => Prepare(item.Number, item.Line))
                .OfType<PreparedDocument>().ToArray();
            await writer.CommitAsync(new CatalogChange { Added = documents }, cancellationToken);
            count += documents.Length;
            tell?.Invoke(lines[^1].Number, total);
        }

        while (await writer.MergeAsync(cancellationToken))
        {
        }

        return (count, watch.Elapsed.TotalSeconds);
    }

    private static PreparedDocument? Prepare(int number, string line)
    {
        var (id, title, text) = JudgedSet.ReadDocument(number, line);
        var paragraphs = text.Split('\n').Select(part => (Block)new ParagraphBlock(part, SourcePlace.Whole));
        var file = new SourceFile(
            Collection,
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
}
