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
        var document = await ReadAsync(server, Link(page, "/documents/"));

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
    public async Task Changing_the_language_keeps_the_question_the_person_and_the_cited_place()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        var page = await ReadAsync(server, "/?as=anna&lang=fr&question=O%C3%B9+se+retire+le+badge+provisoire+%3F");

        var answer = await ReadAsync(server, "/" + Link(page, "?lang=", "?as="));
        var document = await ReadAsync(server, Link(page, "/documents/"));
        var translated = await ReadAsync(
            server,
            Link(page, "/documents/").Split('?')[0] + Link(document, "?lang=", "?as="));

        Assert.Contains("Sources of this answer", answer, StringComparison.Ordinal);
        Assert.Contains("Read in the document", answer, StringComparison.Ordinal);
        Assert.Contains("Go to the cited passage", translated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_says_who_wrote_it_where_it_stands_and_in_which_version()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        var page = WebUtility.HtmlDecode(
            await ReadAsync(server, "/?as=anna&question=O%C3%B9+se+retire+le+badge+provisoire+%3F"));

        Assert.Contains("mot pour mot", page, StringComparison.Ordinal);
        Assert.Contains("ligne\u00A03", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Version</dt>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Réponse – ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_what_can_be_done()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        var page = WebUtility.HtmlDecode(await ReadAsync(server, "/?as=anna&question=Combien+co%C3%BBte+Aurore+%3F"));

        Assert.Contains("demandez l’accès", page, StringComparison.Ordinal);
        Assert.Contains("documents, génération\u00A01", page, StringComparison.Ordinal);
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

    private static string Link(string page, params string[] starts) =>
        WebUtility.HtmlDecode(page.Split("href=\"")
            .Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)])
            .First(link => starts.Any(start => link.StartsWith(start, StringComparison.Ordinal))));

    private static async Task<string> ReadAsync(TestServer server, string path)
    {
        using var response = await server.GetAsync(path, key: null);
        return await TestServer.ReadTextAsync(response);
    }
}
