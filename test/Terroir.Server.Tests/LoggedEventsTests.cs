using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Tests;

/// <summary>What the ledger of a running site has beside answers and commits.</summary>
public sealed class LoggedEventsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_is_logged_with_who_searched_and_not_what_for()
    {
        await using var server = await TestServer.StartAsync();
        using (await server.PostAsync("/api/search", new { query = "badge" }))
        {
        }

        var row = Assert.Single(await FindAsync(server, EventKinds.Searched));
        Assert.Equal("user:anna", row.Actor);
        Assert.DoesNotContain("badge", Open(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_keys_are_one_event_a_minute_however_many_there_are()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            using (await server.PostAsync("/api/search", new { query = "badge" }, key: "wrong"))
            {
            }
        }

        var rows = await FindAsync(server, EventKinds.KeyRefused);
        await FindAsync(server, EventKinds.KeyRefused);

        Assert.InRange(rows.Count, 1, 2);
        Assert.DoesNotContain("wrong", Open(rows[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_start_logs_the_settings_and_an_edit_what_was_before_and_after()
    {
        await using var server = await TestServer.StartAsync();
        await FindAsync(server, EventKinds.SettingsChanged);
        var logged = await FindAsync(server, EventKinds.SettingsChanged);
        var first = logged.Single(row => row.Subject is "directory.yaml");
        await File.AppendAllTextAsync(server.DirectoryFile, "# edited\n", Stop);
        var watch = ActivatorUtilities.CreateInstance<SettingsWatch>(server.Services);
        await watch.LookAsync(Stop);
        var rows = (await FindAsync(server, EventKinds.SettingsChanged)).Where(row => row.Subject is "directory.yaml");

        var after = Open(rows.Last()).Split('\n');
        Assert.Equal(Open(first).Split('\n')[1], after[0]);
        Assert.Equal(ContentHash.Of(await File.ReadAllBytesAsync(server.DirectoryFile, Stop)).Hex, after[1]);
    }

    [Fact]
    public async Task A_sign_in_is_logged_and_so_is_one_that_was_refused()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var key in (string[])[TestServer.AnnaKey, "wrong"])
        {
            using var form = new FormUrlEncodedContent([new("key", key), new("next", "/")]);
            using (await server.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Stop))
            {
            }
        }

        Assert.Equal("user:anna", Assert.Single(await FindAsync(server, EventKinds.SignedIn)).Actor);
        Assert.NotEmpty(await FindAsync(server, EventKinds.SignInRefused));
    }

    private static async Task<IReadOnlyList<LedgerRow>> FindAsync(TestServer server, string kind)
    {
        await server.Services.GetServices<IHostedService>().OfType<LedgerWorker>().Single().FlushAsync(Stop);
        var ledger = server.Services.GetRequiredService<IMetastore>().Ledger;
        return [.. (await ledger.FindAsync(new LedgerQuery { Kind = kind }, Stop)).Select(placed => placed.Row)];
    }

    private static string Open(LedgerRow row) => Encoding.UTF8.GetString(
        LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects.Single().Opening!.Content);
}
