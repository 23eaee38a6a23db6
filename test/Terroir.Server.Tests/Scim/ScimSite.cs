using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Server.Tests.Scim;

/// <summary>A site with an administrator whose key provisions.</summary>
internal sealed class ScimSite : IAsyncDisposable
{
    public const string Users = "/scim/v2/Users";
    public const string Groups = "/scim/v2/Groups";

    private ScimSite(TestServer server) => Server = server;

    public TestServer Server { get; }

    /// <summary>The key that provisions.</summary>
    public string Key { get; private set; } = "";

    public IIdentityStore Store => Server.Services.GetRequiredService<IIdentityStore>();

    public Accounts Accounts => Server.Services.GetRequiredService<Accounts>();

    public IDirectory Directory => Server.Services.GetRequiredService<IDirectory>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ScimSite> StartAsync()
    {
        var site = new ScimSite(await TestServer.StartAsync(hasDocuments: false));
        await site.Store.SaveAccountAsync(new Account("root"), Stop);
        await site.Store.SaveGroupAsync(
            new AccountGroup("administrators") { Members = [new GroupMember("user:root")] },
            Stop);
        site.Key = await site.AddKeyAsync("root", KeyScopes.Provision);
        return site;
    }

    public async Task<string> AddKeyAsync(string user, params string[] scopes) =>
        (await Accounts.AddKeyAsync(new ApiKey("", default, user) { Scopes = scopes }, Stop)).Secret;

    /// <summary>Sends a request as a client of SCIM.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        string method,
        string path,
        string? body = null,
        string? key = null,
        string mediaType = "application/scim+json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? Key);
        if (body is not null)
        {
            // A body is sent once the server asks for it: a refusal comes first, however slow the machine.
            request.Headers.ExpectContinue = true;
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        using var response = await Server.Client.SendAsync(request, Stop);
        var text = await TestServer.ReadTextAsync(response);
        if (text.Length == 0)
        {
            return (response.StatusCode, default);
        }

        Assert.Equal("application/scim+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Sends a request that succeeds.</summary>
    public async Task<JsonElement> DoAsync(string method, string path, string? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        Assert.True((int)status < 300, $"{method} {path}: {status} {answer}");
        return answer;
    }

    /// <summary>Makes a user.</summary>
    /// <returns>The id of the resource.</returns>
    public async Task<string> AddUserAsync(string name) =>
        (await DoAsync("POST", Users, $$"""{"userName":"{{name}}"}""")).GetProperty("id").GetString()!;

    /// <summary>Makes a group.</summary>
    /// <returns>The id of the resource.</returns>
    public async Task<string> AddGroupAsync(string name) =>
        (await DoAsync("POST", Groups, $$"""{"displayName":"{{name}}"}""")).GetProperty("id").GetString()!;

    /// <summary>Changes a resource by one operation.</summary>
    public Task<JsonElement> PatchAsync(string path, string operation) =>
        DoAsync("PATCH", path, $$"""{"Operations":[{{operation}}]}""");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
