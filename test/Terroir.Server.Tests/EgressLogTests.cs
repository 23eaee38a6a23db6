using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Egress;
using Terroir.Storage;

namespace Terroir.Server.Tests;

/// <summary>What is sent to an endpoint is in the ledger before it leaves.</summary>
public sealed class EgressLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_is_logged_before_it_leaves_and_what_came_back_afterwards()
    {
        await using var server = await TestServer.StartAsync();
        var log = server.Services.GetRequiredService<EventLog>();
        var endpoint = new Endpoint(() => FindAsync(server));
        using (var client = new HttpClient(new EgressLog(endpoint, log, "model")))
        {
            using var content = new StringContent("a secret prompt");
            using var response = await client.PostAsync(new Uri("http://127.0.0.1/v1/chat?key=no"), content, Stop);
            Assert.Equal("a reply", await response.Content.ReadAsStringAsync(Stop));
        }

        await log.WriteNotedAsync(Stop);

        var sent = Assert.Single(endpoint.LoggedBefore);
        var hash = ContentHash.Of("a secret prompt"u8).Hex;
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1/v1/chat\nsent 15\n{hash}"), sent);
        Assert.Equal([sent, "http://127.0.0.1/v1/chat\nreceived 7"], await FindAsync(server), StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(TestServer server)
    {
        var ledger = server.Services.GetRequiredService<IMetastore>().Ledger;
        var rows = await ledger.FindAsync(new LedgerQuery { Kind = EventKinds.Sent }, Stop);
        return [.. rows.Select(placed => Open(placed.Row))];
    }

    private static string Open(LedgerRow row) => Encoding.UTF8.GetString(
        LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects.Single().Opening!.Content);

    private sealed class Endpoint(Func<Task<IReadOnlyList<string>>> findLogged) : HttpMessageHandler
    {
        public IReadOnlyList<string> LoggedBefore { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            LoggedBefore = await findLogged();
            return new HttpResponseMessage { Content = new StringContent("a reply") };
        }
    }
}
