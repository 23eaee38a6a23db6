using System.Diagnostics;
using System.Net.Http.Json;
using Terroir.Bench.Processes;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: do the whole processes stay within what was promised for them: the server with scifact-en at
/// most 400 MB while it answers, ready within 2 s on that site, and the demo done within 20 s?</summary>
internal static class ProcessMeasures
{
    private const string Collection = "scifact-en";
    private const string Person = "someone";
    private const int RequestCount = 500;
    private const int ClientCount = 4;
    private const int StartCount = 3;

    private const string Directory = $"""
        groups: []
        users:
          - id: {Person}
            name: Someone

        """;

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var set = JudgedSet.Read(Collection);
        var demo = await ChildProcess.RunTerroirAsync(
            ["demo", "--no-serve", "--data", folder.In("demo")],
            cancellationToken);
        var ingestion = await IngestAsync(set, folder, cancellationToken);
        var starts = new List<(TimeSpan Elapsed, TimeSpan Used)>();
        for (var start = 1; start < StartCount; start++)
        {
            using var started = await ServerProcess.StartAsync(folder.In("site"), cancellationToken);
            starts.Add((started.StartTime, started.StartUse));
        }

        using var server = await ServerProcess.StartAsync(folder.In("site"), cancellationToken);
        starts.Add((server.StartTime, server.StartUse));
        var idle = await server.ReadPeakMemoryAsync(cancellationToken);
        var usedBefore = await server.ReadUseAsync(cancellationToken);
        var answering = await AskAsync(server, set, cancellationToken);
        var usedAnswering = await server.ReadUseAsync(cancellationToken) - usedBefore;
        var peak = await server.ReadPeakMemoryAsync(cancellationToken);

        await WriteTableAsync(
            ["measure", "figure", "of the processors", "limit"],
            [
                ["terroir demo --no-serve", Seconds(demo.Elapsed), Seconds(demo.Used), "20 s"],
                [$"terroir sync of {set.Documents.Count} files, start of the process included",
                    Seconds(ingestion.Elapsed), Seconds(ingestion.Used), ""],
                [$"terroir serve, from its start to /readyz, slowest of {StartCount}",
                    Seconds(starts.Max(start => start.Elapsed)), Seconds(starts.Max(start => start.Used)), "2 s"],
                ["peak memory (VmHWM) of the server when ready", $"{idle} MB", "", ""],
                [$"peak memory (VmHWM) after {RequestCount} searches and {RequestCount} questions",
                    $"{peak} MB", "", "400 MB"],
                [$"requests a second, {ClientCount} clients on the same machine",
                    Number(2 * RequestCount / answering.TotalSeconds, "0"), Seconds(usedAnswering), ""],
            ]);
    }

    private static string Seconds(TimeSpan time) => $"{Number(time.TotalSeconds)} s";

    private static async Task<ChildProcess> IngestAsync(
        JudgedSet set,
        WorkFolder folder,
        CancellationToken cancellationToken)
    {
        var site = folder.In("site");
        set.WriteFiles(folder.In("files"));
        await ChildProcess.RunTerroirAsync(["init", "--data", site], cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(site, "directory.yaml"), Directory, cancellationToken);
        await ChildProcess.RunTerroirAsync(
            ["source", "add", "files", folder.In("files"), "--data", site],
            cancellationToken);
        return await ChildProcess.RunTerroirAsync(["sync", "--data", site], cancellationToken);
    }

    // Clients ask in parallel, each the next question that nobody has asked yet.
    private static async Task<TimeSpan> AskAsync(
        ServerProcess server,
        JudgedSet set,
        CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Terroir-User", Person);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, RequestCount),
            new ParallelOptions { MaxDegreeOfParallelism = ClientCount, CancellationToken = cancellationToken },
            async (number, stop) =>
            {
                var text = set.Queries[number % set.Queries.Count].Text;
                await PostAsync(client, "/api/search", new { query = text }, stop);
                await PostAsync(client, "/api/ask", new { question = text }, stop);
            });
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task PostAsync(
        HttpClient client,
        string path,
        object body,
        CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        _ = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
