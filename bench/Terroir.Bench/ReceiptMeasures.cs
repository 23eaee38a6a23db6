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
    private const string MemoryFolder = "/dev/shm";
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var disk = new WorkFolder();
        var rows = new List<string[]> { await MeasureAsync("disk", disk.In("site"), cancellationToken) };
        if (Directory.Exists(MemoryFolder))
        {
            var memory = Directory.CreateDirectory(Path.Combine(MemoryFolder, $"terroir-{Environment.ProcessId}"));
            try
            {
                var data = Path.Combine(memory.FullName, "site");
                rows.Add(await MeasureAsync("memory", data, cancellationToken));
            }
            finally
            {
                memory.Delete(recursive: true);
            }
        }

        await WriteTableAsync(
            [
                "files on", "answers", "CPU ms without", "CPU ms with", "p50 ms without", "p50 ms with",
                "p99 ms without", "p99 ms with",
            ],
            rows);
    }

    private static async Task<string[]> MeasureAsync(string name, string data, CancellationToken cancellationToken)
    {
        await ChildProcess.RunTerroirAsync(["demo", "--no-serve", "--json", "--data", data], cancellationToken);
        await using var site = Site.Open(data);
        var questions = await ReadAsync(site, cancellationToken);
        var ledger = site.Services.GetRequiredService<ILedger>();
        var bare = new Timing(site.Services.GetRequiredService<CitedAnswerer>(), ledger: null);
        var logged = new Timing(site.Services.GetRequiredService<IAnswerer>(), ledger);
        await new Timing(logged.Answerer, ledger).AskAllAsync(questions, cancellationToken);
        for (var round = 0; round < RoundCount; round++)
        {
            await bare.AskAllAsync(questions, cancellationToken);
            await logged.AskAllAsync(questions, cancellationToken);
        }

        return
        [
            name, $"{logged.Milliseconds.Count}", bare.CpuPerAnswer, logged.CpuPerAnswer, bare.At(0.5), logged.At(0.5),
            bare.At(0.99), logged.At(0.99),
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

        public string CpuPerAnswer => Number(_cpu.TotalMilliseconds / Milliseconds.Count, "0.00");

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
