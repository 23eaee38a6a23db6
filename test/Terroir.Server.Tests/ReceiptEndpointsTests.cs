using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;

namespace Terroir.Server.Tests;

public sealed class ReceiptEndpointsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Où se retire le badge provisoire ?")]
    [InlineData("Combien coûte le projet Boréal ?")]
    public async Task Who_asked_downloads_a_receipt_that_is_proven(string question)
    {
        await using var server = await TestServer.StartAsync();
        var link = await AskAsync(server, question);

        var report = await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence
            {
                Bundle = await ReadAsync(server, link),
                Proof = await ReadAsync(server, $"{link}/proof"),
                Openings = await ReadAsync(server, $"{link}/openings"),
                Policy = PolicyOf(server),
            },
            Stop);

        Assert.True(report.IsProven);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.Logged);
        Assert.Contains(report.Statements, finding => finding.Code == FindingCode.QuestionShown);
    }

    [Fact]
    public async Task A_receipt_of_another_looks_as_one_that_is_not_there()
    {
        await using var server = await TestServer.StartAsync();
        var link = await AskAsync(server, "Où se retire le badge provisoire ?", TestServer.OperatorKey);
        var absent = $"/api/receipts/{new string('0', 64)}";

        foreach (var path in (string[])[link, $"{link}/proof", $"{link}/openings", absent, "/api/receipts/none"])
        {
            using var response = await server.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("or it is not yours", await TestServer.ReadTextAsync(response), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_operator_sees_what_was_signed_and_not_what_it_was_about()
    {
        await using var server = await TestServer.StartAsync();
        var link = await AskAsync(server, "Où se retire le badge provisoire ?");

        using var bundle = await server.GetAsync(link, TestServer.OperatorKey);
        using var openings = await server.GetAsync($"{link}/openings", TestServer.OperatorKey);

        Assert.Equal(HttpStatusCode.OK, bundle.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, openings.StatusCode);
    }

    [Fact]
    public async Task The_ledger_is_served_as_its_specification_says()
    {
        await using var server = await TestServer.StartAsync();
        await AskAsync(server, "Où se retire le badge provisoire ?");
        await server.Services.GetRequiredService<ILedger>().FlushAsync(Stop);

        using var note = await server.Client.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative), Stop);
        var bytes = await note.Content.ReadAsByteArrayAsync(Stop);
        var checkpoint = PolicyOf(server).Check(SignedNote.Parse(bytes)).Checkpoint!;
        var hashes = await TileHashes.LoadAsync(
            new HttpTiles(server.Client),
            checkpoint.Size,
            [new MerkleRange(0, checkpoint.Size)],
            Stop);

        Assert.Equal("text/plain", note.Content.Headers.ContentType?.MediaType);
        Assert.Equal(checkpoint.Root, MerkleProofs.Root(checkpoint.Size, hashes));
        using var entries = await server.Client.GetAsync(
            new Uri($"/tlog/tile/entries/000.p/{checkpoint.Size}", UriKind.Relative),
            Stop);
        var bundle = EntryBundle.Read(await entries.Content.ReadAsByteArrayAsync(Stop), (int)checkpoint.Size);
        Assert.Equal(LedgerLeaf.ReceiptKind, LedgerLeaf.TryParse(bundle[^1].Span)!.Kind);
        Assert.Equal("application/octet-stream", entries.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task What_was_pruned_is_not_served_and_the_signed_minimum_index_says_so()
    {
        await using var server = await TestServer.StartAsync();
        var events = server.Services.GetRequiredService<EventLog>();
        for (var number = 0; number < TilePath.FullWidth; number++)
        {
            await events.RecordRowAsync(EventKinds.Administered, actor: null, subject: null, "test", Stop);
        }

        var size = await server.Services.GetRequiredService<ILedger>().FlushAsync(Stop);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, "minimum-index"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "tile/0/000"));
        var plan = new PruningPlan(0, TilePath.FullWidth, size, ReceiptCount: 0);
        await server.Services.GetRequiredService<LedgerPruning>().RunAsync(plan, Stop);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, "tile/0/000"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, "tile/entries/000"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, "tile/entries/000.p/3"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "tile/1/000.p/1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "checkpoint"));
        var note = await server.Client.GetByteArrayAsync(new Uri("/tlog/minimum-index", UriKind.Relative), Stop);
        var log = server.Services.GetRequiredService<ILedger>().Key;
        Assert.Equal(new MinimumIndex(log.Name, TilePath.FullWidth), MinimumIndex.TryOpen(note, log));
    }

    [Theory]
    [InlineData("/tlog/tile/0/001")]
    [InlineData("/tlog/tile/0/0")]
    [InlineData("/tlog/tile/entries/../../../a")]
    [InlineData("/tlog/receipt")]
    public async Task Nothing_but_the_ledger_is_served_there(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string name)
    {
        using var response = await server.Client.GetAsync(new Uri($"/tlog/{name}", UriKind.Relative), Stop);
        return response.StatusCode;
    }

    private static async Task<string> AskAsync(
        TestServer server,
        string question,
        string key = TestServer.AnnaKey)
    {
        using var response = await server.PostAsync("/api/ask", new { question }, key);
        return (await TestServer.ReadJsonAsync(response)).GetProperty("receipt").GetString()!;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(TestServer server, string path)
    {
        using var response = await server.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Stop);
    }

    private static TrustPolicy PolicyOf(TestServer server) => TrustPolicy.Parse(Encoding.UTF8.GetBytes(
        $"log {server.Services.GetRequiredService<ILedger>().Key}\nquorum none\n"));

    private sealed class HttpTiles(HttpClient client) : ITileSource
    {
        public async ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken)
        {
            using var response = await client.GetAsync(new Uri($"/tlog/{path}", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : null;
        }
    }
}
