using System.Net;
using System.Net.Http.Headers;

namespace Terroir.Server.Tests;

public sealed class DocumentEndpointsTests
{
    [Fact]
    public async Task The_original_comes_back_byte_for_byte_and_never_as_a_page()
    {
        await using var server = await TestServer.StartAsync();
        var document = await FindAsync(server, "badge", TestServer.AnnaKey);

        using var response = await server.GetAsync($"/api/documents/{document}/original");

        Assert.Equal(
            "# Badges\n\nLe badge provisoire se retire au poste de sécurité du rez-de-chaussée.\n",
            await TestServer.ReadTextAsync(response));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_hostile_original_is_bytes_that_no_browser_runs()
    {
        await using var server = await TestServer.StartAsync();
        var document = await FindAsync(server, "piège", TestServer.AnnaKey);

        using var response = await server.GetAsync($"/api/documents/{document}/original");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(TestServer.HostilePage, await TestServer.ReadTextAsync(response));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(TestServer.HostileFile, response.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.StartsWith("sandbox;", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_of_an_original_comes_back_alone_and_one_beyond_its_end_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var document = await FindAsync(server, "badge", TestServer.AnnaKey);

        using var part = await GetRangeAsync(server, document, 2, 7);
        using var beyond = await GetRangeAsync(server, document, 1_000_000, 1_000_001);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("Badges", await TestServer.ReadTextAsync(part));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Theory]
    [InlineData("..%2F..%2Fsite-id")]
    [InlineData("%2E%2E")]
    [InlineData("bf352a45d9d7397b0116b3eb768ba434%20")]
    [InlineData("BF352A45D9D7397B0116B3EB768BA434")]
    public async Task An_id_that_is_none_finds_nothing(string id)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync($"/api/documents/{id}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_forbidden_document_looks_like_one_that_is_not_there()
    {
        await using var server = await TestServer.StartAsync();
        var secret = await FindAsync(server, "Aurore", TestServer.OperatorKey);

        using var forbidden = await server.GetAsync($"/api/documents/{secret}");
        using var original = await server.GetAsync($"/api/documents/{secret}/original");
        using var absent = await server.GetAsync($"/api/documents/{new string('0', secret.Length)}");
        using var misspelt = await server.GetAsync("/api/documents/x");

        Assert.Equal(HttpStatusCode.NotFound, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, original.StatusCode);
        var expected = await WithoutTraceAsync(forbidden);
        Assert.Equal(expected, await WithoutTraceAsync(absent));
        Assert.Equal(expected, await WithoutTraceAsync(misspelt));
    }

    private static async Task<string> FindAsync(TestServer server, string word, string key)
    {
        using var response = await server.GetAsync($"/api/search?q={word}", key);
        var hits = (await TestServer.ReadJsonAsync(response)).GetProperty("hits");
        return hits[0].GetProperty("document").GetString()!;
    }

    private static async Task<HttpResponseMessage> GetRangeAsync(TestServer server, string document, long from, long to)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"/api/documents/{document}/original", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestServer.AnnaKey);
        request.Headers.Range = new RangeHeaderValue(from, to);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    // The trace id of a request is its own; all else must be equal.
    private static async Task<string> WithoutTraceAsync(HttpResponseMessage response)
    {
        var problem = await TestServer.ReadJsonAsync(response);
        return string.Join('|', problem.EnumerateObject()
            .Where(property => !property.NameEquals("traceId"))
            .Select(property => $"{property.Name}={property.Value}"));
    }
}
