using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Retrieval.Encoders;
using Terroir.Storage;

namespace Terroir.Server.Tests.Models;

/// <summary>A site whose encoder is a server of this machine, over real HTTP.</summary>
public sealed class ServedEncoderTests : IAsyncLifetime
{
    private FakeModelServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Terroir:Models:Encoder"] = "e5",
        ["Terroir:Models:EncoderEndpoint"] = _server.Endpoint,
        ["Terroir:Models:EncoderDimensions"] = "2",
        ["Terroir:Models:EncoderQueryPrefix"] = "query: ",
        ["Terroir:Models:EncoderPassagePrefix"] = "passage: ",
    };

    public async ValueTask InitializeAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _server.Embed = EmbedAsync;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Passages_and_queries_are_embedded_there_and_each_request_is_in_the_ledger_before()
    {
        await using var site = await TestServer.StartAsync(settings: Settings);
        var logged = new List<int>();
        _server.Embed = async (context, body) =>
        {
            logged.Add((await SentAsync(site)).Count);
            await EmbedAsync(context, body);
        };

        var state = (await site.Services.GetRequiredService<IPassageEmbedding>().RunAsync(
            new CollectionId(Site.DefaultCollection),
            progress: null,
            Stop))!;
        Assert.Equal(("e5", state.PassageCount), (state.InForce, state.EmbeddedCount));
        Assert.Equal(["Badges"], await FindAsync(site));

        Assert.All(_server.Bodies.SkipLast(1), body => Assert.All(Texts(body), text => Starts(text, "passage: ")));
        Starts(Assert.Single(Texts(_server.Bodies.Last())), "query: zzz laissez-passer");
        Assert.Equal(Enumerable.Range(1, logged.Count), logged);
        await site.Services.GetRequiredService<EventLog>().WriteNotedAsync(Stop);
        var report = EgressReport.Of(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, await RowsAsync(site));
        var flow = Assert.Single(report.Flows);
        Assert.Equal(("encoder", $"{_server.Endpoint}/embeddings"), (flow.Purpose, flow.Endpoint));
        Assert.Equal(_server.Bodies.Sum(body => Encoding.UTF8.GetByteCount(body)), flow.SentBytes);
        Assert.False(report.HasLeft);

        _server.Embed = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        Assert.Empty(await FindAsync(site));
        Assert.Equal(["Badges"], await FindAsync(site, "badge provisoire"));
    }

    [Theory]
    [InlineData("Terroir:Models:EncoderEndpoint", "http://models.example.org/v1", "is not this machine")]
    [InlineData("Terroir:Models:EncoderEndpoint", "ftp://127.0.0.1/v1", "is no address")]
    [InlineData("Terroir:Models:EncoderDimensions", "0", "is missing")]
    [InlineData("Terroir:Models:Encoder", "", "is missing")]
    public async Task Settings_that_cannot_be_meant_stop_the_start(string setting, string value, string message)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(
            settings: new Dictionary<string, string?>(Settings, StringComparer.Ordinal) { [setting] = value }));

        Assert.Contains($"{setting} ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Bodies);
    }

    // What is about badges, under whatever name, is one thing, and everything else another; of no length 1.
    private static Task EmbedAsync(HttpContext context, string body) => context.Response.WriteAsJsonAsync(
        new
        {
            data = Texts(body).Select((text, index) => new
            {
                index,
                embedding = text.Contains("badge", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("laissez-passer", StringComparison.Ordinal)
                        ? new[] { 3f, 0f }
                        : [0f, 5f],
            }),
        },
        context.RequestAborted);

    private static IReadOnlyList<string> Texts(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)];
    }

    private static void Starts(string text, string prefix) => Assert.StartsWith(prefix, text, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> FindAsync(TestServer site, string query = "zzz laissez-passer")
    {
        using var response = await site.PostAsync("/api/search", new { query, count = 1 });
        var hits = (await TestServer.ReadJsonAsync(response)).GetProperty("hits").EnumerateArray();
        return [.. hits.Select(hit => hit.GetProperty("title").GetString()!)];
    }

    private static async Task<IReadOnlyList<PlacedLedgerRow>> SentAsync(TestServer site) =>
        [.. (await RowsAsync(site)).Where(placed => IsBeginning(placed.Row))];

    private static Task<IReadOnlyList<PlacedLedgerRow>> RowsAsync(TestServer site) =>
        site.Services.GetRequiredService<IMetastore>().Ledger.FindAsync(
            new LedgerQuery { Kind = EventKinds.Sent },
            Stop);

    private static bool IsBeginning(LedgerRow row) =>
        Encoding.UTF8.GetString(LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects[0].Opening!.Content)
            .Contains("\nsent ", StringComparison.Ordinal);
}
