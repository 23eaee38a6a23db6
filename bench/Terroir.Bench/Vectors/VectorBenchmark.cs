using System.Text.Json;
using Terroir.Bench.Vectors.Peers;
using Terroir.Retrieval.Vectors;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Vectors;

/// <summary>Question: how many searches of 200,000 vectors does one processor do in a second, at which recall and under
/// which permissions; and with peers, how many do other engines, hnswlib at the same recall?</summary>
internal static class VectorBenchmark
{
    private const int Count = 200_000;
    private const int Dimensions = 384;
    private const int QueryCount = 200;
    private const int ResultCount = 10;
    private const int Repetitions = 5;
    private const string Scan = "C# f32 scan";

    // So long that the runtime has compiled what is measured: the fastest way makes two hundred searches in 10 ms.
    private const double WarmUpSeconds = 1;

    private static readonly float[] Cosines = [0.3f, 0.35f, 0.4f, 0.45f, 0.5f];

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Task RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, withPeers: false, cancellationToken);

    public static Task RunWithPeersAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, withPeers: true, cancellationToken);

    private static async Task RunAsync(string[] arguments, bool withPeers, CancellationToken cancellationToken)
    {
        var figures = new List<VectorFigure>();
        var only = JsonLines.Option(arguments, "--work");
        var cache = JsonLines.Option(arguments, "--cache");
        Func<int, int, int, VectorWork>[] works = [SyntheticVectors.Create, LearnedVectors.Create];
        foreach (var create in works)
        {
            var work = create(Count, QueryCount, Dimensions);
            if (only is not null && !string.Equals(only, work.Name, StringComparison.Ordinal))
            {
                continue;
            }

            using var folder = new WorkFolder();
            var truths = VectorTruths.Find(work, ResultCount);
            var peers = withPeers
                ? await VectorPeers.MeasureAsync(work, truths, folder, cache, ResultCount, cancellationToken)
                : [];
            var own = Measure(work, truths, folder, cancellationToken);
            figures.AddRange(peers);
            figures.AddRange(own.Select(figure => Compare(figure, peers, own)));
        }

        await WriteAsync(figures, JsonLines.Option(arguments, "--json"), cancellationToken);
    }

    private static List<VectorFigure> Measure(
        VectorWork work,
        VectorTruths truths,
        WorkFolder folder,
        CancellationToken cancellationToken)
    {
        var file = folder.In($"{work.Name}.vec");
        var before = Environment.CpuUsage.TotalTime;
        Build(work, file, cancellationToken);
        var buildSeconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        using var block = VectorBlock.Map(file);
        var scan = new BruteForce(work);
        var figures = new List<VectorFigure>();
        foreach (var truth in truths.All)
        {
            var filter = truth.Filter;
            var allowed = filter.Bitmap is null ? null : block.Allow(filter.Bitmap);
            figures.Add(Time(Scan, "exact", truth, work, query => scan.Search(query, ResultCount, filter.Bitmap)));
            figures.Add(Time("Terroir", "exact", truth, work, query => Search(SearchSettings.Exact, query)) with
            {
                BuildCpuSeconds = buildSeconds,
                ResidentBytesPerVector = Resident(block, isExact: true),
            });
            foreach (var cosine in Cosines)
            {
                var settings = SearchSettings.Fast with { Bounds = FastBounds.Default with { Cosine = cosine } };
                figures.Add(Time(
                    "Terroir",
                    $"fast, cosine {Number(cosine)}{(cosine == FastBounds.Default.Cosine ? " (default)" : "")}",
                    truth,
                    work,
                    query => Search(settings, query)) with
                {
                    BuildCpuSeconds = buildSeconds,
                    ResidentBytesPerVector = Resident(block, isExact: false),
                });
            }

            int[] Search(SearchSettings settings, int query) =>
                [.. VectorSearch.Run([new VectorScope(block, allowed)], null, work.Query(query), ResultCount, settings)
                    .Select(hit => hit.Number)];
        }

        return figures;
    }

    private static void Build(VectorWork work, string file, CancellationToken cancellationToken)
    {
        var builder = new VectorBlockBuilder(work.Dimensions, VectorMetric.InnerProduct);
        for (var row = 0; row < work.Count; row++)
        {
            builder.Add(row, (ulong)row, work.Vector(row));
        }

        using var stream = new BufferedStream(File.Create(file), 1 << 20);
        builder.Write(stream, progress: null, cancellationToken);
    }

    // What is mapped, without what a search reads few rows of: the originals and, by probable bounds, byte codes.
    private static double Resident(VectorBlock block, bool isExact)
    {
        VectorSection[] rare = isExact
            ? [VectorSection.Originals]
            : [VectorSection.Originals, VectorSection.Coarse, VectorSection.Fine];
        return Enum.GetValues<VectorSection>().Except(rare).Sum(block.Format.SizeOf) / (double)block.Count;
    }

    private static VectorFigure Time(
        string engine,
        string setting,
        VectorTruth truth,
        VectorWork work,
        Func<int, int[]> search)
    {
        var found = Enumerable.Range(0, work.QueryCount).Select(search).ToArray();
        var started = ThreadTime.Now();
        for (var query = 0; ThreadTime.Now() - started < WarmUpSeconds; query = (query + 1) % work.QueryCount)
        {
            search(query);
        }

        var seconds = new List<double>();
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var before = ThreadTime.Now();
            for (var query = 0; query < work.QueryCount; query++)
            {
                search(query);
            }

            seconds.Add(ThreadTime.Now() - before);
        }

        return new VectorFigure(
            engine,
            work.Name,
            truth.Filter.Name,
            setting,
            Math.Round(work.QueryCount / Quantile(seconds, 0.5), 1),
            Math.Round(truth.Recall(found), 4),
            Ndcg: null,
            BuildCpuSeconds: null,
            ResidentBytesPerVector: null,
            Ratio: null);
    }

    private static VectorFigure Compare(VectorFigure figure, List<VectorFigure> peers, List<VectorFigure> own)
    {
        var sameFilter = peers
            .Where(peer => peer.Has(figure.Filter) && peer.Engine.Equals(HnswPeer.Engine, StringComparison.Ordinal))
            .ToList();
        if (sameFilter.Count > 0)
        {
            var (qps, atRecall) = HnswPeer.At(sameFilter, figure.Recall);
            return figure with
            {
                Ratio = Math.Round(figure.QpsCpu / qps, 2),
                RatioTo = $"hnswlib at {Number(atRecall, "0.000")}",
            };
        }

        var scan = own.First(other =>
            other.Has(figure.Filter) && string.Equals(other.Engine, Scan, StringComparison.Ordinal));
        return figure with { Ratio = Math.Round(figure.QpsCpu / scan.QpsCpu, 2), RatioTo = scan.Engine };
    }

    private static async Task WriteAsync(
        List<VectorFigure> figures,
        string? file,
        CancellationToken cancellationToken)
    {
        var lines = figures.Select(figure => JsonSerializer.Serialize(figure, Json));
        if (file is not null)
        {
            await File.WriteAllLinesAsync(file, lines, cancellationToken);
        }

        await WriteTableAsync(
            ["work", "filter", "engine", "setting", "QPS", "recall", "ratio", "to", "build CPU s", "bytes a vector"],
            figures.Select(figure => (string[])
            [
                figure.Work,
                figure.Filter,
                figure.Engine,
                figure.Setting,
                Number(figure.QpsCpu, "0"),
                Number(figure.Recall, "0.000"),
                figure.Ratio is { } ratio ? Number(ratio) : "",
                figure.RatioTo ?? "",
                figure.BuildCpuSeconds is { } seconds ? Number(seconds, "0.0") : "",
                figure.ResidentBytesPerVector is { } bytes ? Number(bytes, "0") : "",
            ]));
    }
}
