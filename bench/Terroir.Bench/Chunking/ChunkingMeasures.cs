using Microsoft.ML.Tokenizers;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Chunking;

/// <summary>Question: do our passages cover the characters that answer better than chunks of a recursive splitter,
/// found by the same retriever? Chroma's measure: five chunks for each question; then as many as a budget of tokens
/// holds, since larger chunks show more at five.</summary>
internal static class ChunkingMeasures
{
    private const int ChunkCount = 5;

    private const int BudgetTokens = 1_000;

    private const int FoundCount = 50;

    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForEncoding("cl100k_base");

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var set = JudgedSpans.Read();
        var rows = new List<string[]>
        {
            await MeasureAsync("passages", set, await Chunk.PassagesAsync(set, cancellationToken), cancellationToken),
        };
        foreach (var size in (int[])[200, 400])
        {
            var chunks = Chunk.Recursive(set, size, text => Tokenizer.CountTokens(text));
            rows.Add(await MeasureAsync($"recursive, {size} tokens", set, chunks, cancellationToken));
        }

        await WriteTableAsync(
            [
                "chunks", "count", "mean tokens", "largest", $"recall, {ChunkCount} chunks", "precision", "IoU",
                $"recall, {BudgetTokens} tokens", "precision", "IoU",
            ],
            rows);
    }

    private static async Task<string[]> MeasureAsync(
        string name,
        JudgedSpans set,
        IReadOnlyList<Chunk> chunks,
        CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var index = await ChunkIndex.BuildAsync(set, chunks, folder.In("site"), cancellationToken);
        var (fixedCount, budget) = (new List<SpanScore>(), new List<SpanScore>());
        foreach (var question in set.Questions)
        {
            var found = await index.FindAsync(question.Text, FoundCount, cancellationToken);
            fixedCount.Add(Score(question, found.Take(ChunkCount)));
            var rest = BudgetTokens;
            budget.Add(Score(question, found.TakeWhile(chunk => (rest -= TokensOf(set, chunk)) >= 0)));
        }

        var sizes = chunks.Select(chunk => TokensOf(set, chunk)).ToArray();
        return
        [
            name, $"{chunks.Count}", Number(sizes.Average(), "0"), $"{sizes.Max()}",
            .. Show(SpanScore.Mean(fixedCount)), .. Show(SpanScore.Mean(budget)),
        ];
    }

    private static SpanScore Score(SpanQuestion question, IEnumerable<Chunk> chunks) =>
        SpanScore.Of(question, [.. chunks.Select(chunk => (chunk.Corpus, chunk.Range))]);

    private static int TokensOf(JudgedSpans set, Chunk chunk) =>
        Tokenizer.CountTokens(set.Texts[chunk.Corpus][chunk.Range.Start..chunk.Range.End]);

    private static string[] Show(SpanScore score) =>
        [Number(score.Recall, "0.000"), Number(score.Precision, "0.0000"), Number(score.Overlap, "0.0000")];
}
