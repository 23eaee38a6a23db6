using System.Net;

namespace Terroir.Server.Tests;

/// <summary>The pages of the console, as a browser gets them.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public async Task The_page_shows_the_answer_with_a_link_to_the_cited_place()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        var page = await ReadAsync(server, "/?as=anna&question=O%C3%B9+se+retire+le+badge+provisoire+%3F");
        var link = page.Split("href=\"").Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)])
            .First(part => part.StartsWith("/documents/", StringComparison.Ordinal));
        var document = await ReadAsync(server, WebUtility.HtmlDecode(link));

        Assert.Contains("poste de sécurité du rez-de-chaussée", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("<mark id=\"cite\">", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_visitor_types_is_shown_as_text()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        var page = await ReadAsync(server, "/?as=anna&question=%3Cscript%3Ealert(1)%3C/script%3E");

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_loads_and_runs_nothing_from_elsewhere()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var response = await server.GetAsync("/", key: null);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Interroger les documents")]
    [InlineData("en", "Ask the documents")]
    public async Task The_console_speaks_french_and_english(string language, string title)
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        Assert.Contains(title, await ReadAsync(server, $"/?lang={language}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forbidden_document_is_not_found()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        using var search = await server.GetAsync("/api/search?q=Aurore", TestServer.OperatorKey);
        var hit = (await TestServer.ReadJsonAsync(search)).GetProperty("hits")[0];

        using var response = await server.GetAsync(
            $"/documents/{hit.GetProperty("document").GetString()}?as=anna",
            key: null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("Aurore", await TestServer.ReadTextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_demo_the_page_asks_to_sign_in()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/", key: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("Anna", await TestServer.ReadTextAsync(response), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(TestServer server, string path)
    {
        using var response = await server.GetAsync(path, key: null);
        return await TestServer.ReadTextAsync(response);
    }
}
