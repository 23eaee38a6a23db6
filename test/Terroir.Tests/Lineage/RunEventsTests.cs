using System.Text;
using System.Text.Json;
using Terroir.Audit;
using Terroir.Lineage.Runs;
using Terroir.Provenance.Events;

namespace Terroir.Tests.Lineage;

/// <summary>Events of OpenLineage out of a real ledger.</summary>
public sealed class RunEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_is_a_run_of_ingestion_and_one_of_indexing_and_an_answer_is_a_run()
    {
        await using var made = await LineageSite.CreateAsync();
        var answer = await made.AskAsync();
        await made.Ledger.FlushAsync(Stop);

        var (runs, next) = await Reader(made).ReadAsync(0, Stop);

        var version = $"document/{answer.Citations[0].Document}";
        var manifest = answer.Generations[0].Manifest.Hex;
        Assert.Equal(3, next);
        Assert.Equal(
            ["ingest/source", "index/documents", "answer"],
            runs.Select(run => run.Job),
            StringComparer.Ordinal);
        Assert.Equal([new RunDataset("source/source")], runs[0].Inputs);
        Assert.Equal([new RunDataset(version, answer.Citations[0].Version.Hex)], runs[0].Outputs);
        Assert.Equal(runs[0].Outputs, runs[1].Inputs);
        Assert.Equal([new RunDataset("collection/documents", manifest)], runs[1].Outputs);
        Assert.Equal([.. runs[1].Outputs, .. runs[0].Outputs], runs[2].Inputs);
        Assert.Equal([new RunDataset($"answer/{answer.Receipt.Hex}")], runs[2].Outputs);
    }

    [Fact]
    public async Task Only_events_that_a_checkpoint_counts_are_read_and_each_once()
    {
        await using var made = await LineageSite.CreateAsync();
        await made.Ledger.FlushAsync(Stop);
        var reader = Reader(made);
        var (first, next) = await reader.ReadAsync(0, Stop);
        await made.AskAsync();
        var (waiting, same) = await reader.ReadAsync(next, Stop);
        await made.Ledger.FlushAsync(Stop);
        var (second, _) = await reader.ReadAsync(next, Stop);

        Assert.Equal(2, first.Count);
        Assert.Empty(waiting);
        Assert.Equal(next, same);
        Assert.Equal("answer", Assert.Single(second).Job);
    }

    [Fact]
    public async Task A_failure_is_a_run_that_failed_with_its_code_alone()
    {
        await using var made = await LineageSite.CreateAsync();
        var log = new EventLog(
            made.Ledger,
            new PersonKeys(new ConfidentialObjects(made.Site.Objects, made.Identity)),
            TimeProvider.System);
        await log.RecordAsync(EventKinds.SourceFailed, actor: null, "source", "TER1401", Stop);

        var (runs, _) = await Reader(made).ReadAsync(2, Stop);
        var events = new RunEvents("test", "1").Write(Assert.Single(runs)).Select(Read).ToList();

        Assert.Equal(
            ["START", "FAIL"],
            events.Select(item => item.GetProperty("eventType").GetString()),
            StringComparer.Ordinal);
        var facet = events[1].GetProperty("run").GetProperty("facets").GetProperty("errorMessage");
        Assert.Equal("TER1401", facet.GetProperty("message").GetString());
        Assert.Equal("C#", facet.GetProperty("programmingLanguage").GetString());
    }

    [Fact]
    public async Task No_event_holds_a_word_a_name_or_a_path()
    {
        await using var made = await LineageSite.CreateAsync();
        await made.AskAsync();
        await made.Ledger.FlushAsync(Stop);

        var (runs, _) = await Reader(made).ReadAsync(0, Stop);
        var text = string.Join('\n', runs.SelectMany(new RunEvents("test", "1").Write).Select(Encoding.UTF8.GetString));

        Assert.All(
            (string[])["anne", "dossier", "vingt", "Archives", made.Site.Source.Path],
            word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The rules of OpenLineage 2-0-2 for a run event: what is required, of which type, and in which format.
    /// </summary>
    [Fact]
    public async Task Every_event_has_the_shape_that_the_specification_asks_for()
    {
        await using var made = await LineageSite.CreateAsync();
        await made.AskAsync();
        await made.Ledger.FlushAsync(Stop);
        var (runs, _) = await Reader(made).ReadAsync(0, Stop);
        var failed = new LineageRun("answer", 9, Noon) { Error = "TER4001" };
        var events = runs.Append(failed).SelectMany(new RunEvents("test", "1").Write).Select(Read).ToList();

        Assert.Equal(2 * (runs.Count + 1), events.Count);
        Assert.All(events, item =>
        {
            Assert.True(item.GetProperty("eventType").GetString() is "START" or "COMPLETE" or "FAIL");
            Assert.True(item.GetProperty("eventTime").TryGetDateTimeOffset(out _));
            Assert.True(item.GetProperty("run").GetProperty("runId").TryGetGuid(out _));
            AssertName(item.GetProperty("job"));
            AssertUri(item.GetProperty("producer"));
            Assert.Equal(
                "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
                item.GetProperty("schemaURL").GetString());
            AssertFacets(item.GetProperty("run"));
            foreach (var dataset in item.GetProperty("inputs").EnumerateArray()
                .Concat(item.GetProperty("outputs").EnumerateArray()))
            {
                AssertName(dataset);
                AssertFacets(dataset);
            }
        });

        // One START and one end for each run.
        Assert.All(
            events.GroupBy(item => item.GetProperty("run").GetProperty("runId").GetGuid()),
            run => Assert.Single(run, item => item.GetProperty("eventType").GetString() is "START"));
    }

    [Fact]
    public void A_run_is_written_as_the_golden_file_has_it()
    {
        var run = new LineageRun("answer", 71, Noon)
        {
            Inputs =
            [
                new RunDataset("collection/documents", ContentHash.Of("manifest"u8).Hex),
                new RunDataset("document/00112233445566778899aabbccddeeff", ContentHash.Of("original"u8).Hex),
            ],
            Outputs = [new RunDataset($"answer/{ContentHash.Of("statement"u8).Hex}")],
            Facts = [new Terroir.Lineage.LineageFact("decision", "allow")],
        };
        var written = string.Concat(new RunEvents("test", "1").Write(run)
            .Select(line => $"{Encoding.UTF8.GetString(line)}\n"));

        Assert.Equal(TestFolder.Golden("lineage/1/answer.jsonl"), written, StringComparer.Ordinal);
        Assert.All(new RunEvents("test", "1").Write(run), line => Assert.Equal(71, RunEvents.PlaceOf(line)));
    }

    [Fact]
    public void The_greatest_event_is_within_its_bound()
    {
        var dataset = new RunDataset($"document/{new string('0', 32)}", new string('0', 64));
        var run = new LineageRun($"ingest/{new string('s', 64)}", long.MaxValue, Noon)
        {
            Inputs = [dataset],
            Outputs = [.. Enumerable.Repeat(dataset, LineageRun.DatasetCountMax)],
        };

        Assert.All(
            new RunEvents($"site-{new string('0', 12)}", "1.2.3").Write(run),
            line => Assert.InRange(line.Length, 1, RunEvents.LengthMax));
    }

    private static RunReader Reader(LineageSite made) => new(made.Site.Metastore, made.Records, made.Index);

    private static JsonElement Read(byte[] line) => JsonSerializer.Deserialize<JsonElement>(line);

    private static void AssertName(JsonElement named)
    {
        Assert.Equal("terroir://test", named.GetProperty("namespace").GetString());
        Assert.False(string.IsNullOrEmpty(named.GetProperty("name").GetString()));
    }

    private static void AssertFacets(JsonElement owner)
    {
        if (owner.TryGetProperty("facets", out var facets))
        {
            Assert.All(facets.EnumerateObject(), facet =>
            {
                AssertUri(facet.Value.GetProperty("_producer"));
                AssertUri(facet.Value.GetProperty("_schemaURL"));
            });
        }
    }

    private static void AssertUri(JsonElement value) =>
        Assert.True(Uri.TryCreate(value.GetString(), UriKind.Absolute, out _));
}
