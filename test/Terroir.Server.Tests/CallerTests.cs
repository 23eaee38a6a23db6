using System.Net;

namespace Terroir.Server.Tests;

/// <summary>Who may call: default deny.</summary>
public sealed class CallerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/status")]
    [InlineData("/api/documents/0000")]
    [InlineData("/api/search?q=badge")]
    [InlineData("/v1/models")]
    public async Task Without_a_key_nothing_is_told(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync(path, key: null);
        using var wrong = await server.GetAsync(path, key: "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Outside_a_demo_a_name_opens_nothing()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/api/search?q=badge&as=anna", key: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task In_a_demo_a_caller_on_this_machine_may_name_a_person()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var known = await server.GetAsync("/api/search?q=badge&as=anna", key: null);
        using var unknown = await server.GetAsync("/api/search?q=badge&as=nobody", key: null);
        using var unnamed = await server.GetAsync("/api/search?q=badge", key: null);

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unnamed.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Host", "attacker.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task In_a_demo_what_comes_through_a_proxy_by_another_name_or_from_another_site_opens_nothing(
        string header,
        string value)
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri("/api/search?q=badge&as=anna", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await server.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task In_a_demo_a_link_from_another_site_opens_the_page()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/?as=anna", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");

        using var response = await server.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_is_recognised_before_the_body_is_read()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.SendTextAsync("/api/ask", "{ no JSON", "application/json", key: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task No_other_site_may_read_an_answer()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/api/ask", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Origin", "https://attacker.example");
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");

        using var response = await server.Client.SendAsync(request, Stop);

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Fact]
    public async Task A_key_decides_alone_who_asks()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var response = await server.GetAsync("/api/search?q=Aurore&as=olga");

        Assert.Empty((await TestServer.ReadJsonAsync(response)).GetProperty("hits").EnumerateArray());
    }

    [Fact]
    public async Task Only_an_operator_sees_the_status()
    {
        await using var server = await TestServer.StartAsync();

        using var refused = await server.GetAsync("/api/status");
        using var response = await server.GetAsync("/api/status", TestServer.OperatorKey);
        var status = await TestServer.ReadJsonAsync(response);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(3, status.GetProperty("collections")[0].GetProperty("documents").GetInt32());
    }

    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/readyz", "ready")]
    public async Task Whatever_watches_the_process_needs_no_key(string path, string expected)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync(path, key: null);

        Assert.Equal(expected, await TestServer.ReadTextAsync(response));
    }
}
