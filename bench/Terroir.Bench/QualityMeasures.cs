using System.Text.Json;
using Terroir.Bench.Processes;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does <c>terroir eval</c> reach the nDCG@10 promised for each judged collection, by words alone
/// and with the second leg, and is the second at least 0.995 times the first?</summary>
internal static class QualityMeasures
{
    private static readonly (string Name, double Promised)[] Sets =
        [("servicepublic-fr", 0.845), ("cnil-faq-fr", 0.590), ("scifact-en", 0.675), ("cranfield-en", 0.365)];

    private static readonly string[] Columns =
        ["documents", "queries", "ndcg@10", "recall@100", "mrr@10", "indexSeconds", "p50Ms", "p99Ms", "peakRssMb"];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (var (name, promised) in Sets)
        {
            var ofWords = 0.0;
            foreach (var flags in (string[][])[["--text-only"], []])
            {
                var run = await ChildProcess.RunTerroirAsync(
                    ["eval", JudgedSet.Find(name), "--json", .. flags],
                    cancellationToken);
                using var report = JsonDocument.Parse(run.Output);
                var ndcg = report.RootElement.GetProperty("ndcg@10").GetDouble();
                ofWords = flags.Length > 0 ? ndcg : ofWords;
                rows.Add([
                    name,
                    flags.Length > 0 ? "words" : "words and meaning",
                    Number(promised, "0.000"),
                    Number(ndcg / ofWords, "0.000"),
                    .. Columns.Select(column => report.RootElement.GetProperty(column).GetRawText()),
                ]);
            }
        }

        await WriteTableAsync(["collection", "legs", "promised", "ratio", .. Columns], rows);
    }
}
