using Terroir.Bench.Searching;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Encoders;

/// <summary>Question: how many passages does a small encoder embed in a second of processor time, what does a query
/// cost it, and what does the search among the vectors add to a query?</summary>
/// <remarks>The encoder has random weights, and the vectors of the search are sums of random ones: for time only.
/// </remarks>
internal static class EncoderMeasures
{
    private const int RoundCount = 3;
    private const int HitCount = 10;

    private static readonly (string What, int Tokens, int Count)[] Texts =
        [("query", 16, 64), ("passage", 128, 16), ("passage", 256, 16)];

    private static readonly string[] Sets = ["scifact-en", "servicepublic-fr"];
    private static readonly (string Name, int Parts)[] Filters = [("all", 0), ("10 %", 10), ("1 %", 100)];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using (var folder = new WorkFolder())
        {
            await WriteTableAsync(
                ["weights", "text", "tokens", "texts/s CPU", "ms CPU"],
                MeasureEncoder(folder.Path, cancellationToken));
        }

        var rows = new List<string[]>();
        foreach (var name in arguments.Length > 0 ? arguments : Sets)
        {
            rows.AddRange(await MeasureSearchAsync(JudgedSet.Read(name), cancellationToken));
        }

        await WriteTableAsync(
            [
                "collection", "passages", "may read", "words, ms CPU", "learned meaning", "encoder in force",
                "of which its leg",
            ],
            rows);
    }

    private static List<string[]> MeasureEncoder(string folder, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (var precision in new[] { WeightPrecision.Full, WeightPrecision.EightBits })
        {
            using var encoder = OnnxEncoder.Load(
                RandomEncoder.Import(folder, precision, cancellationToken),
                threads: 1);
            foreach (var (what, length, count) in Texts)
            {
                int[] tokens = [.. Enumerable.Range(0, length).Select(at => at * 7_919 % RandomEncoder.Vocabulary)];
                var text = new EncodedText(tokens, new int[length]);
                _ = encoder.Embed(text);
                var best = double.MaxValue;
                for (var round = 0; round < RoundCount; round++)
                {
                    var before = Environment.CpuUsage.TotalTime;
                    for (var repetition = 0; repetition < count; repetition++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        _ = encoder.Embed(text);
                    }

                    best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds / count);
                }

                rows.Add([$"{precision}", what, $"{length}", Number(1 / best, "0.0"), Number(best * 1_000)]);
            }
        }

        return rows;
    }

    private static async Task<List<string[]>> MeasureSearchAsync(JudgedSet set, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var index = await EngineIndex.BuildAsync(set, folder.In("site"), cancellationToken);
        var encoders = new ProjectedWords();
        using var learned = new BitmapRetriever(index.Catalog);
        using var encoded = new BitmapRetriever(index.Catalog, encoders: encoders);
        var state = await new PassageEmbedding(index.Catalog, encoders, TimeProvider.System)
            .RunAsync(EngineIndex.Collection, progress: null, cancellationToken);
        var rows = new List<string[]>();
        foreach (var (name, parts) in Filters)
        {
            var questions = new SearchComparison(set, parts).Questions;
            var times = new double[] { double.MaxValue, double.MaxValue, double.MaxValue };
            for (var round = 0; round <= RoundCount; round++)
            {
                (BitmapRetriever Retriever, double? Weight)[] ways = [(learned, 0), (learned, null), (encoded, null)];
                foreach (var (way, (retriever, weight)) in ways.Index())
                {
                    var time = await MeasureAsync(retriever, weight, questions, cancellationToken);
                    times[way] = round == 0 ? times[way] : Math.Min(times[way], time);
                }
            }

            rows.Add([
                set.Name, $"{state!.PassageCount}", name,
                .. times.Select(time => Number(time * 1_000)), Number((times[2] - times[0]) * 1_000),
            ]);
        }

        return rows;
    }

    private static async Task<double> MeasureAsync(
        BitmapRetriever retriever,
        double? weight,
        IReadOnlyList<JudgedQuestion> questions,
        CancellationToken cancellationToken)
    {
        var before = Environment.CpuUsage.TotalTime;
        foreach (var (query, group, _) in questions)
        {
            var request = EngineIndex.Ask(query.Text, group, HitCount) with { MeaningWeight = weight };
            _ = await retriever.SearchAsync(request, cancellationToken);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / questions.Count;
    }
}
