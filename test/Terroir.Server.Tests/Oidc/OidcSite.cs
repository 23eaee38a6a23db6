using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Storage;

namespace Terroir.Server.Tests.Oidc;

/// <summary>A site and its identity provider, and a browser between them.</summary>
internal sealed class OidcSite : IAsyncDisposable
{
    private OidcSite(TestProvider provider, TestServer server) => (Provider, Server) = (provider, server);

    public TestProvider Provider { get; }

    public TestServer Server { get; }

    public IIdentityStore Store => Server.Services.GetRequiredService<IIdentityStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<OidcSite> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var provider = await TestProvider.StartAsync();
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Oidc:Authority"] = provider.Authority,
            ["Terroir:Oidc:ClientId"] = TestProvider.ClientId,
            ["Terroir:Oidc:ClientSecret"] = "file:keys/oidc.secret",
            ["Terroir:Oidc:Audience"] = TestProvider.Audience,
            ["Terroir:Oidc:Name"] = "Annuaire",
            ["Terroir:Oidc:Groups:0:Claim"] = "/Qualité",
            ["Terroir:Oidc:Groups:0:Group"] = "stewards",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            all[key] = value;
        }

        var server = await TestServer.StartAsync(
            settings: all,
            prepare: site => File.WriteAllText(Path.Combine(site.Root, "keys", "oidc.secret"), TestProvider.Secret));
        await provider.RegisterAsync(server.Client.BaseAddress!);
        return new OidcSite(provider, server);
    }

    /// <summary>Goes to the provider and comes to the address that it leads back to.</summary>
    /// <returns>That address, and the cookie that the site gave first.</returns>
    public async Task<(Uri Return, string Cookie)> GoAsync(string next = "/")
    {
        using var start = await GetAsync($"/sign-in/oidc?next={Uri.EscapeDataString(next)}", cookie: null);
        Assert.Equal(HttpStatusCode.Redirect, start.StatusCode);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler);
        using var there = await browser.GetAsync(start.Headers.Location, Stop);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        return (there.Headers.Location!, CookieOf(start, "terroir-oidc"));
    }

    /// <summary>Signs the person of the provider in.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string next = "/")
    {
        var (address, cookie) = await GoAsync(next);
        return await GetAsync(address.PathAndQuery, cookie);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        return await Server.Client.SendAsync(request, Stop);
    }

    /// <summary>The cookie of a session that began.</summary>
    public static string SessionOf(HttpResponseMessage response) => CookieOf(response, "terroir-session");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private static string CookieOf(HttpResponseMessage response, string name) => response.Headers
        .GetValues("Set-Cookie")
        .Single(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal))
        .Split(';')[0];
}
