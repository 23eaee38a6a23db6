using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Terroir.Bench;

/// <summary>Question: does text analysis take at most half the time of Lucene's analyzer for the language?</summary>
/// <remarks>One operation is the text of 1,000 documents. Both list each term with its place.</remarks>
[MemoryDiagnoser]
public class TextAnalysisBenchmark
{
    private const int DocumentCount = 1_000;

    private string[] _texts = [];
    private string _chain = "";
    private Analyzer _analyzer = null!;

    [Params("scifact-en", "servicepublic-fr")]
    public string Collection { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var set = JudgedSet.Read(Collection);
        _texts = [.. set.Documents.Take(DocumentCount).Select(document => document.Text)];
        _chain = set.IsEnglish ? "en" : "fr";
        _analyzer = set.IsEnglish
            ? new EnglishAnalyzer(LuceneVersion.LUCENE_48)
            : new FrenchAnalyzer(LuceneVersion.LUCENE_48);
    }

    [GlobalCleanup]
    public void Cleanup() => _analyzer.Dispose();

    [Benchmark(Baseline = true)]
    public int LuceneAnalyzer()
    {
        var count = 0;
        foreach (var text in _texts)
        {
            var tokens = new List<(string Term, int Start, int End)>();
            using var stream = _analyzer.GetTokenStream("text", text);
            var term = stream.GetAttribute<ICharTermAttribute>();
            var range = stream.GetAttribute<IOffsetAttribute>();
            stream.Reset();
            while (stream.IncrementToken())
            {
                tokens.Add((term.ToString(), range.StartOffset, range.EndOffset));
            }

            stream.End();
            count += tokens.Count;
        }

        return count;
    }

    [Benchmark]
    public int TextAnalysis()
    {
        var count = 0;
        foreach (var text in _texts)
        {
            count += Retrieval.Text.TextAnalysis.Analyze(text, _chain).Count;
        }

        return count;
    }

    internal static Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        // In this process: the runner's own projects would inherit this repository's build settings.
        BenchmarkRunner.Run<TextAnalysisBenchmark>(
            DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)));
        return Task.CompletedTask;
    }
}
