using System.Net;

namespace Terroir.Server.Tests;

/// <summary>Every error is one that a program can read: RFC 9457, and under /v1 the shape of the OpenAI API.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "/nowhere", "", 404, "not_found")]
    [InlineData("GET", "/api/nowhere", "", 404, "not_found")]
    [InlineData("GET", "/api/ask", "", 405, "method_not_allowed")]
    [InlineData("POST", "/api/ask", "text/plain", 415, "unsupported_media_type")]
    [InlineData("POST", "/api/ask", "application/json", 400, "bad_request")]
    [InlineData("GET", "/api/search?q=badge&count=0", "", 400, "bad_request")]
    [InlineData("GET", "/api/documents/x", "", 404, "not_found")]
    [InlineData("GET", "/api/status", "", 403, "forbidden")]
    public async Task An_error_is_a_problem_with_a_code(
        string method,
        string path,
        string mediaType,
        int status,
        string code)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SendAsync(server, method, path, mediaType);
        var problem = await TestServer.ReadJsonAsync(response);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("GET", "/v1/nowhere", "", 404, "invalid_request_error")]
    [InlineData("GET", "/v1/chat/completions", "", 405, "invalid_request_error")]
    [InlineData("POST", "/v1/chat/completions", "text/plain", 415, "invalid_request_error")]
    [InlineData("POST", "/v1/chat/completions", "application/json", 400, "invalid_request_error")]
    public async Task Under_v1_an_error_has_the_shape_that_its_clients_read(
        string method,
        string path,
        string mediaType,
        int status,
        string type)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SendAsync(server, method, path, mediaType);
        var error = (await TestServer.ReadJsonAsync(response)).GetProperty("error");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.False(string.IsNullOrEmpty(error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("/api/ask")]
    [InlineData("/v1/chat/completions")]
    public async Task A_body_that_is_too_large_is_refused(string path)
    {
        await using var server = await TestServer.StartAsync();
        var body = new string(' ', ServerLimits.BodyBytesMax + 1);

        using var response = await server.SendTextAsync(path, body, "application/json");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("4 MiB", await TestServer.ReadTextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_body_is_told_by_its_place_and_the_names_that_the_caller_wrote()
    {
        await using var server = await TestServer.StartAsync();

        using var cut = await server.SendTextAsync("/api/ask", """{"question":""", "application/json");
        using var empty = await server.SendTextAsync("/api/ask", "{}", "application/json");
        var detail = (await TestServer.ReadJsonAsync(cut)).GetProperty("detail").GetString();
        var errors = (await TestServer.ReadJsonAsync(empty)).GetProperty("errors");

        Assert.Contains("line 1, byte 13", detail, StringComparison.Ordinal);
        Assert.Equal("question", errors.EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task An_address_that_is_not_there_is_a_page_for_a_browser()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/nowhere", UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    private static Task<HttpResponseMessage> SendAsync(
        TestServer server,
        string method,
        string path,
        string mediaType) =>
        mediaType.Length > 0
            ? server.SendTextAsync(path, "{ no JSON", mediaType)
            : server.SendAsync(new HttpMethod(method), path, body: null, TestServer.AnnaKey);
}
