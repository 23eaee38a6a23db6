using System.Net;

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

    // The trace id of a request is its own; all else must be equal.
    private static async Task<string> WithoutTraceAsync(HttpResponseMessage response)
    {
        var problem = await TestServer.ReadJsonAsync(response);
        return string.Join('|', problem.EnumerateObject()
            .Where(property => !property.NameEquals("traceId"))
            .Select(property => $"{property.Name}={property.Value}"));
    }
}
