using System.Diagnostics;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>What <c>terroir eval</c> prints, refuses and leaves behind.</summary>
public sealed class EvalTests : IDisposable
{
    private const int LinesOfABatch = 600;
    private const int BatchesMax = 1_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_judged_collection_is_measured_in_the_agreed_shape()
    {
        await WriteAsync(
            Document("d1", "La levure fait lever le pain.") + Document("d2", "Le fer rouille à l'air humide."),
            """{"id":"q1","text":"Qu'est-ce qui fait lever le pain ?"}""",
            "query-id\tcorpus-id\tscore\nq1\td1\t1\n");

        var (exit, output, error) = await TerroirCommand.RunAsync("eval", _folder.FullName, "--json");
        using var report = JsonDocument.Parse(output);

        Assert.True(exit == 0, error);
        Assert.Equal(
            "dataset,documents,queries,ndcg@10,recall@100,mrr@10,indexSeconds,p50Ms,p99Ms,peakRssMb",
            string.Join(',', report.RootElement.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(_folder.Name, report.RootElement.GetProperty("dataset").GetString());
        Assert.Equal(2, report.RootElement.GetProperty("documents").GetInt32());
        Assert.Equal(1, report.RootElement.GetProperty("ndcg@10").GetDouble());
    }

    [Theory]
    [InlineData("{}", """{"id":"q1","text":"pain"}""", "q1\td1\t1", "corpus.jsonl, line 1")]
    [InlineData("", "not JSON", "q1\td1\t1", "queries.jsonl, line 1")]
    [InlineData("", """{"id":"q1","text":"pain"}""", "h\nq1 d1 1", "qrels.tsv, line 2")]
    [InlineData("", """{"id":"q1","text":"pain"}""", "q9\td1\t1", "No query")]
    public async Task A_file_that_cannot_be_used_is_refused_with_its_line(
        string corpus,
        string queries,
        string grades,
        string expected)
    {
        await WriteAsync(corpus, queries, grades);

        var (exit, _, error) = await TerroirCommand.RunAsync("eval", _folder.FullName);

        Assert.Equal(3, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    // The corpus is a pipe that the test fills for as long as the command reads: the signal comes while it works.
    [Fact]
    public async Task An_interrupted_evaluation_leaves_nothing_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes with names and signals are those of Unix");
        await WriteAsync("", """{"id":"q1","text":"pain"}""", "q1\td1\t1\n");
        var corpus = Path.Combine(_folder.FullName, "corpus.jsonl");
        File.Delete(corpus);
        await RunAsync("mkfifo", corpus);
        var temporary = Directory.CreateDirectory(Path.Combine(_folder.FullName, "tmp"));
        using var command = TerroirCommand.Start(
            ["eval", _folder.FullName],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["TMPDIR"] = temporary.FullName });
        await using (var pipe = new StreamWriter(corpus))
        {
            await WriteBatchAsync(pipe, 0);
            await RunAsync("kill", "-TERM", $"{command.Id}");
            await FillAsync(pipe);
        }

        await command.WaitForExitAsync(Stop);

        Assert.Equal(130, command.ExitCode);
        Assert.Empty(temporary.GetFileSystemInfos("terroir-eval-*"));
    }

    private static async Task FillAsync(StreamWriter pipe)
    {
        try
        {
            for (var batch = 1; batch < BatchesMax; batch++)
            {
                await WriteBatchAsync(pipe, batch);
            }
        }
        catch (IOException)
        {
            // The command reads no more, as it should.
        }
    }

    private static async Task WriteBatchAsync(StreamWriter pipe, int batch)
    {
        for (var line = 0; line < LinesOfABatch; line++)
        {
            await pipe.WriteAsync(Document($"d{batch}-{line}", "Le pain lève."));
        }

        await pipe.FlushAsync(Stop);
    }

    private static string Document(string id, string text) =>
        JsonSerializer.Serialize(new { id, title = "", text }) + "\n";

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    private async Task WriteAsync(string corpus, string queries, string grades)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "corpus.jsonl"), corpus, Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "queries.jsonl"), queries, Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "qrels.tsv"), grades, Stop);
    }
}
