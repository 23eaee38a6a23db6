using Terroir.Bench.Searching;
using Terroir.Retrieval.Evaluation;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does one thread rank 2,000 questions a second of processor time for 100 hits, with and without a
/// permission bitmap, and rank at least as well as Lucene.Net's analyzers do?</summary>
/// <remarks>Ranking is everything up to passages with scores; no text is read on either side. The engines take turns.
/// The time is that of the whole process, its collector of garbage included.</remarks>
internal static class TextMeasures
{
    private const int HitCount = 100;
    private const int RoundCount = 6;
    private const int TenthParts = 10;

    private static readonly string[] Sets = ["servicepublic-fr", "cnil-faq-fr", "scifact-en", "cranfield-en"];
    private static readonly (string Name, int Parts)[] Filters = [("none", 0), ("10 %", TenthParts)];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var lines = JsonLines.Of(arguments);
        var rows = new List<string[]>();
        foreach (var name in Sets)
        {
            var set = JudgedSet.Read(name);
            using var folder = new WorkFolder();
            var before = Environment.CpuUsage.TotalTime;
            await using var ours = await EngineIndex.BuildAsync(set, folder.In("site"), cancellationToken);
            var ourBuild = Environment.CpuUsage.TotalTime - before;
            before = Environment.CpuUsage.TotalTime;
            using var peer = new LuceneIndex(set, folder.In("lucene"));
            var peerBuild = Environment.CpuUsage.TotalTime - before;
            foreach (var (filter, parts) in Filters)
            {
                var figures = await CompareAsync(new SearchComparison(set, parts), ours, peer, cancellationToken);
                rows.Add([name, filter, .. figures.Cells]);
                await lines.WriteAsync(figures.LineOf("terroir", name, filter, ourBuild), cancellationToken);
                await lines.WriteAsync(figures.LineOf("lucene.net", name, filter, peerBuild), cancellationToken);
            }
        }

        await WriteTableAsync(
            [
                "collection", "may read", "queries/s CPU", "Lucene.Net", "ratio", "nDCG@10", "Lucene.Net, better of 2",
                "ratio", "recall@100",
            ],
            rows);
    }

    private static async Task<Figures> CompareAsync(
        SearchComparison comparison,
        EngineIndex ours,
        LuceneIndex peer,
        CancellationToken cancellationToken)
    {
        var ourQuality = await comparison.MeasureQualityAsync(ours, cancellationToken);
        var peerQuality = 0.0;
        foreach (var setting in LuceneIndex.Settings)
        {
            var quality = await comparison.MeasureQualityAsync(new LuceneIndex(peer, setting), cancellationToken);
            peerQuality = Math.Max(peerQuality, quality);
        }

        var questions = comparison.Questions;
        var (ourTime, peerTime) = await MeasureAsync(questions, ours, peer, cancellationToken);
        return new Figures(
            questions.Count / ourTime,
            questions.Count / peerTime,
            ourQuality,
            peerQuality,
            await RecallAsync(comparison, ours, cancellationToken));
    }

    private static async Task<(double Ours, double Peer)> MeasureAsync(
        IReadOnlyList<JudgedQuestion> questions,
        EngineIndex ours,
        LuceneIndex peer,
        CancellationToken cancellationToken)
    {
        var (our, other) = (new List<double>(), new List<double>());
        for (var round = 0; round < RoundCount; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            foreach (var (query, group, _) in questions)
            {
                await ours.RankAsync(query.Text, group, HitCount, cancellationToken);
            }

            our.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
            before = Environment.CpuUsage.TotalTime;
            foreach (var (query, group, _) in questions)
            {
                peer.Rank(query.Text, group, HitCount);
            }

            other.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        // The first rounds compile; of the others the middle one counts.
        return (Quantile(our.Skip(2), 0.5), Quantile(other.Skip(2), 0.5));
    }

    private static async Task<double> RecallAsync(
        SearchComparison comparison,
        EngineIndex ours,
        CancellationToken cancellationToken)
    {
        double sum = 0;
        foreach (var (query, group, grades) in comparison.Questions)
        {
            var ranking = await ours.RankAsync(query.Text, group, HitCount, cancellationToken);
            sum += RankingMetrics.Recall(ranking, grades, HitCount);
        }

        return sum / comparison.Questions.Count;
    }

    private sealed record Figures(double Ours, double Peer, double Quality, double PeerQuality, double Recall)
    {
        public string[] Cells =>
        [
            Number(Ours, "0"), Number(Peer, "0"), Number(Ours / Peer), Number(Quality, "0.0000"),
            Number(PeerQuality, "0.0000"), Number(Quality / PeerQuality, "0.000"), Number(Recall, "0.0000"),
        ];

        public object LineOf(string engine, string set, string filter, TimeSpan build)
        {
            var isOurs = string.Equals(engine, "terroir", StringComparison.Ordinal);
            return new
            {
                engine,
                work = $"text {set}",
                filter,
                setting = $"k={HitCount}",
                qpsCpu = isOurs ? Ours : Peer,
                recall = isOurs ? Recall : (double?)null,
                ndcg = isOurs ? Quality : PeerQuality,
                buildCpuSeconds = build.TotalSeconds,
                ratio = isOurs ? Ours / Peer : 1,
            };
        }
    }
}
