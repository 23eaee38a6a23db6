using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Ingestion;
using Terroir.Storage;

namespace Terroir.Server.Tests;

/// <summary>A real site on a real port of this machine: three documents, one of them hostile, and two people, one of
/// them an operator.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string AnnaKey = "key-of-anna";
    public const string OperatorKey = "key-of-the-operator";

    /// <summary>A page that would run in whatever shows it.</summary>
    public const string HostilePage =
        "<!doctype html><title>Piège</title><p>Le piège est tendu.</p><script>alert(document.domain)</script>";

    public const string HostileFile = "Été, piège.html";

    private static readonly Dictionary<string, string?> NoSettings = new(StringComparer.Ordinal);

    private readonly DirectoryInfo _folder;
    private readonly Func<WebApplication> _build;
    private readonly SocketsHttpHandler _handler;
    private WebApplication _app;

    private TestServer(DirectoryInfo folder, WebApplication app, Func<WebApplication> build)
    {
        _folder = folder;
        _app = app;
        _build = build;
        _handler = new SocketsHttpHandler
        {
            // A body is sent once the server asks for it: a refusal comes first, however slow the machine.
            Expect100ContinueTimeout = Timeout.InfiniteTimeSpan,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        Client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>A client without a key.</summary>
    public HttpClient Client { get; private set; }

    public IServiceProvider Services => _app.Services;

    public SiteFolder Folder => Services.GetRequiredService<SiteFolder>();

    /// <summary>The file of users, groups and keys.</summary>
    public string DirectoryFile => Path.Combine(_folder.FullName, "site", "directory.yaml");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TestServer> StartAsync(
        bool isDemo = false,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<SiteFolder>? prepare = null,
        bool hasSecret = true,
        bool hasDocuments = true,
        TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("terroir-test-");
        var site = SiteFolder.Create(Path.Combine(folder.FullName, "site"));
        await File.WriteAllTextAsync(site.DirectoryFile, People, Stop);
        prepare?.Invoke(site);
        var flags = new Dictionary<string, string?>(settings ?? NoSettings, StringComparer.Ordinal)
        {
            ["Terroir:Server:Url"] = "http://127.0.0.1:0",
            ["Terroir:Server:Demo"] = $"{isDemo}",
        };
        var app = Build();
        try
        {
            await app.StartAsync(Stop);
        }
        catch
        {
            await app.DisposeAsync();
            folder.Delete(recursive: true);
            throw;
        }

        if (hasDocuments)
        {
            await FillAsync(app.Services, Path.Combine(folder.FullName, "source"), hasSecret);
        }

        return new TestServer(folder, app, Build);

        WebApplication Build() => TerroirHost.Build(site, flags, services =>
        {
            SharedReaders.Use(services);
            if (time is not null)
            {
                services.AddSingleton(time);
            }
        });
    }

    /// <summary>Ends the server and starts another one on the same site, at another port.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _app = _build();
        await _app.StartAsync(Stop);
        Client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    /// <summary>Sends a request with somebody's key.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return await Client.SendAsync(request, Stop);
    }

    /// <summary>Posts a text that need not be JSON.</summary>
    public async Task<HttpResponseMessage> SendTextAsync(
        string path,
        string body,
        string mediaType,
        string? key = AnnaKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, mediaType),
        };
        request.Headers.ExpectContinue = true;
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return await Client.SendAsync(request, Stop);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, string? key = AnnaKey) =>
        SendAsync(HttpMethod.Post, path, body, key);

    public Task<HttpResponseMessage> GetAsync(string path, string? key = AnnaKey) =>
        SendAsync(HttpMethod.Get, path, body: null, key);

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(Stop);

    public static Task<string> ReadTextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _handler.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task FillAsync(IServiceProvider services, string source, bool hasSecret)
    {
        Directory.CreateDirectory(source);
        await File.WriteAllTextAsync(Path.Combine(source, "permissions.yaml"), Permissions, Stop);
        await File.WriteAllTextAsync(
            Path.Combine(source, "badges.md"),
            "# Badges\n\nLe badge provisoire se retire au poste de sécurité du rez-de-chaussée.\n",
            Stop);
        await File.WriteAllTextAsync(Path.Combine(source, HostileFile), HostilePage, Stop);
        Directory.CreateDirectory(Path.Combine(source, "direction"));
        await File.WriteAllTextAsync(Path.Combine(source, "direction", "permissions.yaml"), DirectionPermissions, Stop);
        if (hasSecret)
        {
            await File.WriteAllTextAsync(
                Path.Combine(source, "direction", "fusion.md"),
                "# Fusion\n\nLe projet Aurore coûte 12 millions d'euros.\n",
                Stop);
        }

        var collection = new CollectionId(Site.DefaultCollection);
        await services.GetRequiredService<ICatalog>().CreateCollectionAsync(collection, Stop);
        await services.GetRequiredService<IMetastore>().Sources.SaveSourceAsync(
            new SourceRecord
            {
                Id = "source",
                Collection = collection,
                Kind = "folder",
                Location = source,
                Permissions = "file",
            },
            Stop);
        _ = await services.GetRequiredService<ISynchronizer>()
            .SyncAsync("source", new SyncOptions(), progress: null, Stop);
    }

    private const string Permissions = "allow: [everyone]\n";

    private const string DirectionPermissions = "deny: [group:soins]\n";

    private static string People => $"""
        groups:
          - id: soins
            name: Soins
            members: [user:anna]
          - id: operators
            name: Exploitation
            members: [user:olga]
        users:
          - id: anna
            name: Anna
          - id: olga
            name: Olga
        keys:
          - hash: {SiteDirectory.HashKey(AnnaKey)}
            principal: anna
          - hash: {SiteDirectory.HashKey(OperatorKey)}
            principal: olga
        """;
}
