using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Server.Emergency;
using Terroir.Storage;

namespace Terroir.Server.Tests.Emergency;

/// <summary>A site with two documents that only the group of emergencies may read, of which one is denied to Anna, who
/// may open access; and a clock that stands still.</summary>
internal sealed class EmergencySite : IAsyncDisposable
{
    public const string Path = "/api/v1/emergency-access";
    public const string Group = "bris-de-glace";
    public const string Reason = "arrêt cardiaque, box 4";

    private EmergencySite(TestServer server, MovedClock time) => (Server, Time) = (server, time);

    public TestServer Server { get; }

    public MovedClock Time { get; }

    public IIdentityStore Store => Server.Services.GetRequiredService<IIdentityStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<EmergencySite> StartAsync()
    {
        var time = new MovedClock(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Emergency:0:Group"] = Group,
            ["Terroir:Emergency:0:OpenTo"] = "soins",
            ["Terroir:Emergency:0:Minutes"] = "60",
        };
        return new EmergencySite(await TestServer.StartAsync(settings: settings, prepare: Write, time: time), time);
    }

    public Task<HttpResponseMessage> OpenAsync(string? key = TestServer.AnnaKey, string reason = Reason) =>
        Server.PostAsync(Path, new { reason, group = Group }, key);

    public Task<HttpResponseMessage> EndAsync(string? key = TestServer.AnnaKey) =>
        Server.SendAsync(HttpMethod.Delete, Path, body: null, key);

    /// <summary>The paths that a search for a word of both closed documents finds.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string key = TestServer.AnnaKey)
    {
        using var response = await Server.GetAsync("/api/search?q=digoxine", key);
        return [.. (await TestServer.ReadJsonAsync(response)).GetProperty("hits").EnumerateArray()
            .Select(hit => hit.GetProperty("path").GetString()!)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Adds somebody with a key for everything that their groups open.</summary>
    public async Task<string> AddAsync(string user, string group, params string[] collections)
    {
        await Store.SaveAccountAsync(new Account(user), Stop);
        await Store.SaveGroupAsync(new AccountGroup(group) { Members = [new GroupMember($"user:{user}")] }, Stop);
        return await AddKeyAsync(user, collections);
    }

    public async Task<string> AddKeyAsync(string user, params string[] collections)
    {
        var (secret, _) = await Server.Services.GetRequiredService<Accounts>().AddKeyAsync(
            new ApiKey("", default, user) { Scopes = [.. KeyScopes.All], Collections = collections },
            Stop);
        return secret;
    }

    /// <summary>Lets the worker look, and reads what the ledger has of a kind.</summary>
    public async Task<IReadOnlyList<LedgerRow>> RowsAsync(string kind)
    {
        await Server.Services.GetServices<IHostedService>().OfType<EmergencyWorker>().Single().LookAsync(Stop);
        var ledger = Server.Services.GetRequiredService<IMetastore>().Ledger;
        return [.. (await ledger.FindAsync(new LedgerQuery { Kind = kind }, Stop)).Select(placed => placed.Row)];
    }

    public static string DetailOf(LedgerRow row) => Encoding.UTF8.GetString(
        LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects.Single().Opening!.Content);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static void Write(SiteFolder site)
    {
        var folder = System.IO.Path.Combine(site.Root, "..", "source", "dossiers");
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            System.IO.Path.Combine(folder, "permissions.yaml"),
            $"inherit: false\nallow: [group:{Group}]\nfiles:\n  refus.md: {{ deny: [group:soins] }}\n");
        File.WriteAllText(
            System.IO.Path.Combine(folder, "dossier.md"),
            "# Dossier\n\nTraitement : digoxine 0,125 mg le matin.\n");
        File.WriteAllText(
            System.IO.Path.Combine(folder, "refus.md"),
            "# Refus\n\nCe dossier de digoxine est refusé aux soins.\n");
    }
}
