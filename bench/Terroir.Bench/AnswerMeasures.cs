using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Bench.Processes;
using Terroir.Bench.Searching;
using Terroir.Server;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: how often do extracts cite the judged document, how often are they refused, and how long does an
/// answer take?</summary>
internal static class AnswerMeasures
{
    private static readonly string[] SampleSets =
        ["questions.jsonl", "questions-tuning.jsonl", "questions-heldout.jsonl"];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var pages = JudgedSet.Read("servicepublic-fr");
        var frequent = JudgedSet.Read("cnil-faq-fr");
        var rows = new List<string[]>
        {
            await MeasureAsync(pages, pages, cancellationToken),
            await MeasureAsync(frequent, frequent, cancellationToken),
            await MeasureAsync(frequent, pages, cancellationToken),
        };
        await WriteTableAsync(
            [
                "documents", "questions of", "questions", "cites the judged", "cites another", "refused", "p50 ms",
                "p99 ms",
            ],
            rows);
        await WriteTableAsync(
            [
                "sample", "answerable", "cites the judged", "cites another", "refused", "to be refused", "refused",
                "p50 ms", "p99 ms",
            ],
            await MeasureSampleAsync(cancellationToken));
    }

    private static async Task<string[]> MeasureAsync(
        JudgedSet documents,
        JudgedSet questions,
        CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var index = await EngineIndex.BuildAsync(documents, folder.In("site"), cancellationToken);
        var asker = new Asker("bench", [ReaderGroups.Of("", 0)]);
        var run = new TimedAnswers(index.Answerer);
        var (judged, other, refused) = (0, 0, 0);
        foreach (var question in questions.Queries)
        {
            var answer = await run.AskAsync(question.Text, asker, cancellationToken);
            var isJudged = documents == questions && answer.Citations.Any(citation =>
                question.Grades.GetValueOrDefault(citation.Path) > 0);
            refused += answer.IsRefused ? 1 : 0;
            judged += isJudged ? 1 : 0;
            other += answer.IsRefused || isJudged ? 0 : 1;
        }

        return
        [
            documents.Name, questions.Name, $"{questions.Queries.Count}", $"{judged}", $"{other}", $"{refused}",
            .. run.Show(),
        ];
    }

    private static async Task<IReadOnlyList<string[]>> MeasureSampleAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var data = folder.In("site");
        await ChildProcess.RunTerroirAsync(["demo", "--no-serve", "--json", "--data", data], cancellationToken);
        await using var site = Site.Open(data);
        var rows = new List<string[]>();
        foreach (var set in SampleSets)
        {
            rows.Add(await MeasureSampleAsync(site, set, cancellationToken));
        }

        return rows;
    }

    private static async Task<string[]> MeasureSampleAsync(Site site, string set, CancellationToken cancellationToken)
    {
        var directory = site.Services.GetRequiredService<IDirectory>();
        var run = new TimedAnswers(site.Services.GetRequiredService<CitedAnswerer>());
        var counts = new Dictionary<(bool MustRefuse, string Outcome), int>();
        var file = Path.Combine("samples", "chu-valmont", set);
        foreach (var line in await File.ReadAllLinesAsync(file, cancellationToken))
        {
            using var json = JsonDocument.Parse(line);
            var question = json.RootElement;
            var answer = await run.AskAsync(
                question.GetProperty("question").GetString()!,
                directory.Find(question.GetProperty("as").GetString()!)!,
                cancellationToken);
            var paths = question.GetProperty("documents").EnumerateArray().Select(path => path.GetString());
            var isRight = answer.Citations.Any(citation => paths.Contains(citation.Path, StringComparer.Ordinal));
            var outcome = answer.IsRefused ? "refused" : isRight ? "right" : "wrong";
            var key = (question.GetProperty("refused").GetBoolean(), outcome);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        string Count(bool mustRefuse, string outcome) => $"{counts.GetValueOrDefault((mustRefuse, outcome))}";
        string All(bool mustRefuse) =>
            $"{counts.Where(pair => pair.Key.MustRefuse == mustRefuse).Sum(pair => pair.Value)}";
        return
        [
            set, All(false), Count(false, "right"), Count(false, "wrong"), Count(false, "refused"), All(true),
            Count(true, "refused"), .. run.Show(),
        ];
    }

    private sealed class TimedAnswers(IAnswerer answerer)
    {
        private readonly List<double> _milliseconds = [];

        public async Task<Answer> AskAsync(string question, Asker asker, CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await answerer.AskAsync(
                new AskRequest { Question = question, Asker = asker },
                cancellationToken);
            _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return answer;
        }

        public IEnumerable<string> Show() =>
            [Number(Quantile(_milliseconds, 0.5), "0.0"), Number(Quantile(_milliseconds, 0.99), "0.0")];
    }
}
