using System.Net;

namespace Terroir.Server.Tests;

public sealed class SearchEndpointsTests
{
    [Fact]
    public async Task A_hit_tells_where_it_stands_and_which_words_matched()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostAsync("/api/search", new { query = "badge provisoire", count = 3 });
        var hit = (await TestServer.ReadJsonAsync(response)).GetProperty("hits")[0];
        var text = hit.GetProperty("text").GetString()!;
        var range = hit.GetProperty("highlights")[0];
        var start = range.GetProperty("start").GetInt32();

        Assert.Equal("badges.md", hit.GetProperty("path").GetString());
        Assert.Equal("badge", text[start..range.GetProperty("end").GetInt32()], ignoreCase: true);
    }

    [Theory]
    [InlineData("count=0")]
    [InlineData("count=1001")]
    [InlineData("perDocument=0")]
    [InlineData("count=many")]
    [InlineData("collection=Not%20A%20Name")]
    [InlineData("modifiedFrom=yesterday")]
    public async Task A_parameter_that_cannot_be_used_is_a_problem(string parameter)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync($"/api/search?q=badge&{parameter}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("mediaType=text/markdown", 1)]
    [InlineData("mediaType=application/pdf", 0)]
    [InlineData("collection=documents", 1)]
    [InlineData("collection=other", 0)]
    [InlineData("modifiedBefore=2001-01-01T00:00:00Z", 0)]
    public async Task A_filter_keeps_what_it_names(string filter, int expected)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync($"/api/search?q=badge&{filter}");
        var hits = (await TestServer.ReadJsonAsync(response)).GetProperty("hits");

        Assert.Equal(expected, hits.GetArrayLength());
    }

    [Theory]
    [InlineData("\"badge provisoire\"", 1)]
    [InlineData("\"provisoire badge\"", 0)]
    [InlineData("badge -provisoire", 0)]
    [InlineData("badge type:markdown", 1)]
    [InlineData("badge type:pdf", 0)]
    public async Task Signs_in_a_query_mean_something(string query, int expected)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync($"/api/search?onePerDocument=true&q={Uri.EscapeDataString(query)}");
        var hits = (await TestServer.ReadJsonAsync(response)).GetProperty("hits");

        Assert.Equal(expected, hits.GetArrayLength());
    }

    [Fact]
    public async Task A_misspelt_word_is_suggested_in_its_right_form()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/api/search?q=bagde");
        var result = await TestServer.ReadJsonAsync(response);

        Assert.Equal(0, result.GetProperty("hits").GetArrayLength());
        Assert.Equal("badge", result.GetProperty("suggestion").GetString());
    }

    [Fact]
    public async Task A_hit_is_explained_when_asked()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/api/search?q=badge&explain=true");
        var hit = (await TestServer.ReadJsonAsync(response)).GetProperty("hits")[0];
        var parts = hit.GetProperty("explanation").GetProperty("parts").EnumerateArray();

        Assert.Equal(
            hit.GetProperty("score").GetDouble(),
            parts.Sum(part => part.GetProperty("value").GetDouble()),
            precision: 12);
    }

    [Fact]
    public async Task The_description_of_the_interface_names_every_path()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/openapi/v1.json", key: null);
        var paths = (await TestServer.ReadJsonAsync(response)).GetProperty("paths").EnumerateObject()
            .Select(path => path.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "/api/ask", "/api/search", "/api/documents/{id}", "/api/documents/{id}/original", "/api/status",
                "/healthz", "/readyz", "/v1/models", "/v1/chat/completions",
            },
            paths);
    }
}
