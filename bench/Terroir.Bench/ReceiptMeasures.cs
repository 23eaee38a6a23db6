using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Audit;
using Terroir.Bench.Processes;
using Terroir.Server;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: what do receipt and ledger add to an answer, with the flushes of a disk and without?</summary>
/// <remarks>The same questions are asked with and without, in turns, of one site on a disk and of one in memory, where
/// a flush costs nothing.</remarks>
internal static class ReceiptMeasures
{
    private const int RoundCount = 5;
    private const int QuestionCount = 150;

    // So that the runtime compiles neither side while it is measured.
    private const int WarmUpCount = 3;
    private const string Collection = "servicepublic-fr";
    private const string MemoryFolder = "/dev/shm";
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var set = JudgedSet.Read(Collection);
        using var disk = new WorkFolder();
        var rows = await MeasureAsync("disk", disk.Path, set, cancellationToken);
        if (Directory.Exists(MemoryFolder))
        {
            var memory = Directory.CreateDirectory(Path.Combine(MemoryFolder, $"terroir-{Environment.ProcessId}"));
            try
            {
                rows.AddRange(await MeasureAsync("memory", memory.FullName, set, cancellationToken));
            }
            finally
            {
                memory.Delete(recursive: true);
            }
        }

        await WriteTableAsync(
            [
                "collection", "files on", "answers", "CPU ms without", "CPU ms with", "more %", "p50 ms without",
                "p50 ms with", "p99 ms without", "p99 ms with",
            ],
            rows);
    }

    // The sample is small, so that its answers are cheap; the other collection is one of real pages and questions.
    private static async Task<List<string[]>> MeasureAsync(
        string place,
        string folder,
        JudgedSet set,
        CancellationToken cancellationToken)
    {
        var sample = Path.Combine(folder, "sample");
        await ChildProcess.RunTerroirAsync(["demo", "--no-serve", "--json", "--data", sample], cancellationToken);
        var data = Path.Combine(folder, "set");
        var files = Path.Combine(folder, "files");
        set.WriteFiles(files);
        await ChildProcess.RunTerroirAsync(["init", "--data", data], cancellationToken);
        await ChildProcess.RunTerroirAsync(["source", "add", "files", files, "--data", data], cancellationToken);
        await ChildProcess.RunTerroirAsync(["sync", "--data", data], cancellationToken);
        return
        [
            await MeasureAsync("sample", place, sample, ReadAsync, cancellationToken),
            await MeasureAsync(
                set.Name,
                place,
                data,
                (_, _) => Task.FromResult(ReadOf(set)),
                cancellationToken),
        ];
    }

    private static async Task<string[]> MeasureAsync(
        string name,
        string place,
        string data,
        Func<Site, CancellationToken, Task<IReadOnlyList<AskRequest>>> read,
        CancellationToken cancellationToken)
    {
        await using var site = Site.Open(data);
        var questions = await read(site, cancellationToken);
        var ledger = site.Services.GetRequiredService<ILedger>();
        var bare = new Timing(site.Services.GetRequiredService<CitedAnswerer>(), ledger: null);
        var logged = new Timing(site.Services.GetRequiredService<IAnswerer>(), ledger);
        for (var round = 0; round < WarmUpCount; round++)
        {
            await new Timing(bare.Answerer, ledger: null).AskAllAsync(questions, cancellationToken);
            await new Timing(logged.Answerer, ledger).AskAllAsync(questions, cancellationToken);
        }

        for (var round = 0; round < RoundCount; round++)
        {
            await bare.AskAllAsync(questions, cancellationToken);
            await logged.AskAllAsync(questions, cancellationToken);
        }

        return
        [
            name, place, $"{logged.Milliseconds.Count}", bare.CpuPerAnswer, logged.CpuPerAnswer,
            Number(100 * ((logged.CpuMilliseconds / bare.CpuMilliseconds) - 1), "0.0"), bare.At(0.5), logged.At(0.5),
            bare.At(0.99), logged.At(0.99),
        ];
    }

    private static IReadOnlyList<AskRequest> ReadOf(JudgedSet set)
    {
        var asker = new Asker("bench", []);
        return
        [
            .. set.Queries.Take(QuestionCount).Select(query => new AskRequest
            {
                Question = query.Text,
                Asker = asker,
            }),
        ];
    }

    private static async Task<IReadOnlyList<AskRequest>> ReadAsync(Site site, CancellationToken cancellationToken)
    {
        var directory = site.Services.GetRequiredService<IDirectory>();
        var lines = await File.ReadAllLinesAsync(
            Path.Combine("samples", "chu-valmont", "questions.jsonl"),
            cancellationToken);
        return
        [
            .. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(question => new AskRequest
            {
                Question = question.GetProperty("question").GetString()!,
                Asker = directory.Find(question.GetProperty("as").GetString()!)!,
            }),
        ];
    }

    private sealed class Timing(IAnswerer answerer, ILedger? ledger)
    {
        private TimeSpan _cpu;
        private long _flushed = Stopwatch.GetTimestamp();

        public IAnswerer Answerer { get; } = answerer;

        public List<double> Milliseconds { get; } = [];

        public double CpuMilliseconds => _cpu.TotalMilliseconds / Milliseconds.Count;

        public string CpuPerAnswer => Number(CpuMilliseconds, "0.00");

        public async Task AskAllAsync(IEnumerable<AskRequest> questions, CancellationToken cancellationToken)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            foreach (var question in questions)
            {
                var started = Stopwatch.GetTimestamp();
                await Answerer.AskAsync(question, cancellationToken);
                Milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                await FlushAsync(isLast: false, cancellationToken);
            }

            await FlushAsync(isLast: true, cancellationToken);

            process.Refresh();
            _cpu += process.TotalProcessorTime - before;
        }

        // As the server does beside answers: its processor time counts, and nobody waits for it.
        private async Task FlushAsync(bool isLast, CancellationToken cancellationToken)
        {
            if (ledger is not null && (isLast || Stopwatch.GetElapsedTime(_flushed) >= FlushInterval))
            {
                await ledger.FlushAsync(cancellationToken);
                _flushed = Stopwatch.GetTimestamp();
            }
        }

        public string At(double share) => Number(Quantile(Milliseconds, share), "0.0");
    }
}
