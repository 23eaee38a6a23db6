using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Server.Callers;
using Terroir.Storage;

namespace Terroir.Server.Tests;

/// <summary>What each role opens, over every address that the server has.</summary>
public sealed class RolesTests : IAsyncLifetime
{
    private const string Id = "0000000000000000000000000000000000000000000000000000000000000000";

    // Words that stand in documents of the test site, and in no page without one.
    private static readonly string[] Content = ["rez-de-chauss", "Aurore", "millions"];

    // The public halves of the ledger, the state for probes, the sign-in and what pages are made of: nobody's content.
    private static readonly string[] ForEverybody =
    [
        "/assets/terroir.css", "/assets/terroir.svg", "/healthz", "/openapi/{documentName}.json", "/readyz", "/sign-in",
        "/sign-in/oidc", "/sign-in/oidc/return", "/sign-out", "/tlog/checkpoint", "/tlog/minimum-index",
        "/tlog/tile/{**name}", "/witness/add-checkpoint", "/witness/checkpoint/{log}",
    ];

    private TestServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IIdentityStore Store => _server.Services.GetRequiredService<IIdentityStore>();

    private IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Every_address_says_who_may_use_it()
    {
        var silent = Endpoints.Where(endpoint => CallerGate.RuleOf(endpoint) is null).Select(PathOf);
        var open = Endpoints.Where(endpoint => CallerGate.RuleOf(endpoint)?.IsForEverybody is true).Select(PathOf);

        Assert.Empty(silent);
        Assert.Equal(
            ForEverybody,
            open.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Who_administers_sees_no_text_of_a_document_at_any_address()
    {
        var key = await AddAsync("root", "administrators");
        var document = await FindDocumentAsync();
        var seen = 0;
        foreach (var endpoint in Endpoints)
        {
            foreach (var method in MethodsOf(endpoint))
            {
                using var response = await SendAsync(method, AddressOf(endpoint, document), key);
                var text = await TestServer.ReadTextAsync(response);

                Assert.All(Content, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
                seen++;
            }
        }

        Assert.True(seen > 30, $"Only {seen} requests were made.");
    }

    [Fact]
    public async Task Who_administers_is_refused_what_is_for_readers()
    {
        var key = await AddAsync("root", "administrators");

        foreach (var path in new[] { "/api/search?q=badge", $"/api/documents/{Id}", "/v1/models", "/api/status", "/" })
        {
            using var response = await _server.GetAsync(path, key);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
        }
    }

    [Theory]
    [InlineData("operators", "/api/status", HttpStatusCode.Forbidden)]
    [InlineData("stewards", "/api/status", HttpStatusCode.Forbidden)]
    [InlineData("stewards", "/api/quality", HttpStatusCode.OK)]
    [InlineData("auditors", "/api/status", HttpStatusCode.Forbidden)]
    [InlineData("auditors", "/api/quality", HttpStatusCode.Forbidden)]
    [InlineData("auditors", "/api/search?q=badge", HttpStatusCode.OK)]
    [InlineData("nobody", "/api/quality", HttpStatusCode.Forbidden)]
    public async Task A_group_of_the_store_gives_its_role_unless_the_file_defines_it(
        string group,
        string path,
        HttpStatusCode expected)
    {
        var key = await AddAsync("ines", group);

        using var response = await _server.GetAsync(path, key);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Where_a_group_says_who_reads_others_do_not()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Server:ReaderGroup"] = "soins",
        };
        await using var server = await TestServer.StartAsync(settings: settings);

        using var reader = await server.GetAsync("/api/search?q=badge");
        using var other = await server.GetAsync("/api/search?q=badge", TestServer.OperatorKey);

        Assert.Equal(HttpStatusCode.OK, reader.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Theory]
    [InlineData(KeyScopes.Search, "/api/search?q=badge", HttpStatusCode.OK)]
    [InlineData(KeyScopes.Search, "/v1/models", HttpStatusCode.Forbidden)]
    [InlineData(KeyScopes.Ask, "/v1/models", HttpStatusCode.OK)]
    [InlineData(KeyScopes.Ask, "/api/search?q=badge", HttpStatusCode.Forbidden)]
    [InlineData(KeyScopes.Read, "/api/status", HttpStatusCode.Forbidden)]
    [InlineData(KeyScopes.Status, "/api/status", HttpStatusCode.OK)]
    public async Task A_key_opens_what_its_scopes_name(string scope, string path, HttpStatusCode expected)
    {
        var (secret, _) = await AddKeyAsync("olga", scope);

        using var response = await _server.GetAsync(path, secret);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_key_for_another_collection_finds_nothing_and_says_so_as_for_an_absent_document()
    {
        var document = await FindDocumentAsync();
        var (narrow, _) = await AddKeyAsync("olga", KeyScopes.Search, collection: "elsewhere");
        var (read, _) = await AddKeyAsync("olga", KeyScopes.Read, collection: "elsewhere");

        using var found = await _server.GetAsync("/api/search?q=badge", narrow);
        using var shut = await _server.GetAsync($"/api/documents/{document}", read);
        using var absent = await _server.GetAsync($"/api/documents/{Id[..document.Length]}", read);
        var hits = (await TestServer.ReadJsonAsync(found)).GetProperty("hits");

        Assert.Equal(0, hits.GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, shut.StatusCode);
        Assert.Equal(await ReadProblemAsync(absent), await ReadProblemAsync(shut));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_the_next_request_on()
    {
        var (secret, key) = await AddKeyAsync("olga", KeyScopes.Search);

        using var before = await _server.GetAsync("/api/search?q=badge", secret);
        Assert.True(await Store.RevokeKeyAsync(key.Id, Stop));
        using var after = await _server.GetAsync("/api/search?q=badge", secret);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Who_leaves_a_group_of_the_store_loses_its_role_at_the_next_request()
    {
        var key = await AddAsync("ines", "stewards");

        using var before = await _server.GetAsync("/api/quality", key);
        await Store.SaveGroupAsync(new AccountGroup("stewards"), Stop);
        using var after = await _server.GetAsync("/api/quality", key);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
    }

    // All that a problem says; its trace id is another for each request.
    private static async Task<string> ReadProblemAsync(HttpResponseMessage response) => string.Join(
        '\n',
        (await TestServer.ReadJsonAsync(response)).EnumerateObject()
            .Where(property => !property.NameEquals("traceId"))
            .Select(property => $"{property.Name}: {property.Value}"));

    private static string PathOf(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    private static string AddressOf(RouteEndpoint endpoint, string document)
    {
        var path = PathOf(endpoint)
            .Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{**name}", "0/000", StringComparison.Ordinal)
            .Replace("{id}", document, StringComparison.Ordinal);
        return $"{path}?q=badge&question=badge";
    }

    private async Task<string> AddAsync(string user, string group)
    {
        await Store.SaveAccountAsync(new Account(user), Stop);
        await Store.SaveGroupAsync(new AccountGroup(group) { Members = [new GroupMember($"user:{user}")] }, Stop);
        var (secret, _) = await AddKeyAsync(user, [.. KeyScopes.All]);
        return secret;
    }

    private Task<(string Secret, ApiKey Key)> AddKeyAsync(string user, params string[] scopes) =>
        _server.Services.GetRequiredService<Accounts>()
            .AddKeyAsync(new ApiKey("", default, user) { Scopes = scopes }, Stop);

    private Task<(string Secret, ApiKey Key)> AddKeyAsync(string user, string scope, string collection) =>
        _server.Services.GetRequiredService<Accounts>()
            .AddKeyAsync(new ApiKey("", default, user) { Scopes = [scope], Collections = [collection] }, Stop);

    private async Task<string> FindDocumentAsync()
    {
        using var response = await _server.GetAsync("/api/search?q=badge");
        var hit = (await TestServer.ReadJsonAsync(response)).GetProperty("hits")[0];
        return hit.GetProperty("document").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string key) => _server.SendAsync(
        new HttpMethod(method),
        path,
        method is "POST" or "PUT" ? new { question = "badge", query = "badge", model = "extractive" } : null,
        key);
}
