using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Terroir.Web;

namespace Terroir.Server.Tests.Web;

/// <summary>The search page, as a browser gets it.</summary>
public sealed class SearchPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_marks_the_words_and_leads_to_its_place_in_the_document()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var page = await ReadAsync(server, "/search?as=anna&q=badge+provisoire");
        var result = Assert.Single(page.QuerySelectorAll("#results .citations > li"));
        using var document = await ReadAsync(server, result.QuerySelector("h3 a")!.GetAttribute("href")!);

        Assert.Equal(
            "badge, provisoire",
            string.Join(", ", result.QuerySelectorAll("mark").Select(mark => mark.TextContent)));
        Assert.Contains("badges.md", result.TextContent, StringComparison.Ordinal);
        Assert.Contains("badge provisoire", document.GetElementById("cite")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_for_a_result_is_folded_away_and_adds_up()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var page = await ReadAsync(server, "/search?as=anna&q=badge&lang=en");
        var reason = page.QuerySelector("#results details")!;

        Assert.False(reason.HasAttribute("open"));
        Assert.Contains("Why this result?", reason.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("badg", reason.QuerySelector("tbody th")!.TextContent);
        Assert.Contains("Total: ", reason.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_word_leads_to_a_search_for_the_right_one_with_the_same_filters()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var page = await ReadAsync(server, "/search?as=anna&lang=fr&q=bagde&type=markdown");
        var link = page.QuerySelector("#results p a")!;
        using var next = await ReadAsync(server, link.GetAttribute("href")!);

        Assert.Equal("badge", link.TextContent);
        Assert.Single(next.QuerySelectorAll("#results li"));
        Assert.Equal("markdown", next.QuerySelector("#type option[selected]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("type=markdown", 1)]
    [InlineData("type=pdf", 0)]
    [InlineData("label=secret", 0)]
    [InlineData("from=2020-01-01", 1)]
    [InlineData("from=2999-01-01", 0)]
    [InlineData("until=2020-01-01", 0)]
    [InlineData("until=9999-12-31", 1)]
    public async Task A_filter_takes_documents_and_stays_open(string filter, int count)
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var page = await ReadAsync(server, $"/search?as=anna&q=badge&{filter}");

        Assert.Equal(count, page.QuerySelectorAll("#results li").Length);
        Assert.True(page.QuerySelector(".filters")!.HasAttribute("open"));
    }

    [Theory]
    [InlineData("/search?q=badge", HttpStatusCode.BadRequest)]
    [InlineData("/search?as=anna&q=badge&from=hier", HttpStatusCode.BadRequest)]
    [InlineData("/search?as=anna&q=badge&until=2024-02-30", HttpStatusCode.BadRequest)]
    [InlineData("/search", HttpStatusCode.OK)]
    [InlineData("/search?as=anna&q=%22&from=", HttpStatusCode.OK)]
    public async Task What_is_wrong_with_a_search_is_said_at_the_field(string path, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync(isDemo: true);

        using var response = await server.GetAsync(path, key: null);
        using var page = await ParseAsync(response);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status is HttpStatusCode.BadRequest, page.QuerySelector("[role=alert]") is not null);
    }

    [Fact]
    public async Task A_search_that_is_too_long_is_refused_with_its_bounds()
    {
        await using var server = await TestServer.StartAsync(isDemo: true);
        var words = string.Join('+', Enumerable.Range(0, 80).Select(number => $"mot{number}"));

        using var response = await server.GetAsync($"/search?as=anna&q={words}", key: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            SearchText.French.TooManyWords,
            WebUtility.HtmlDecode(await TestServer.ReadTextAsync(response)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_the_same_with_and_without_a_document_that_may_not_be_read()
    {
        await using var with = await TestServer.StartAsync(isDemo: true);
        await using var without = await TestServer.StartAsync(isDemo: true, hasSecret: false);
        string[] queries = ["badge", "Aurore", "auror", "projet+millions", "badge&label=secret"];

        foreach (var query in queries)
        {
            Assert.Equal(await ResultsAsync(without, query), await ResultsAsync(with, query));
        }
    }

    [Fact]
    public async Task Who_is_not_known_signs_in_first()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync("/search?q=badge", key: null);
        using var known = await server.GetAsync("/search?q=badge");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public void A_long_text_is_shown_around_the_first_word_and_never_cut_inside_one()
    {
        var text = string.Join(' ', Enumerable.Repeat("avant", 200)) + " badge " + new string('x', 300) + " après "
            + string.Join(' ', Enumerable.Repeat("après", 200));
        var at = text.IndexOf("badge", StringComparison.Ordinal);

        var pieces = HighlightedText.Pieces(text, [new Retrieval.TextRange(at, at + 5)]);

        var shown = new HashSet<string>(["…", "avant", "badge", "après", new('x', 300)], StringComparer.Ordinal);
        Assert.Equal("badge", Assert.Single(pieces, piece => piece.IsWord).Text);
        Assert.InRange(pieces.Sum(piece => piece.Text.Length), 300, HighlightedText.LengthMax + 4);
        Assert.All(
            string.Concat(pieces.Select(piece => piece.Text)).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            word => Assert.Contains(word, shown));
        Assert.Equal(2, HighlightedText.Pieces(new string('x', 2_000), []).Count);
        Assert.Equal("court", Assert.Single(HighlightedText.Pieces("court", [])).Text);
    }

    // When a file was written is the only thing in which two servers differ.
    private static async Task<string> ResultsAsync(TestServer server, string query)
    {
        using var page = await ReadAsync(server, $"/search?as=anna&q={query}");
        foreach (var link in page.QuerySelectorAll("#results a, #results time"))
        {
            link.RemoveAttribute("href");
            link.RemoveAttribute("datetime");
        }

        return page.GetElementById("results")!.OuterHtml;
    }

    private static async Task<IDocument> ReadAsync(TestServer server, string path)
    {
        using var response = await server.GetAsync(path, key: null);
        return await ParseAsync(response);
    }

    private static async Task<IDocument> ParseAsync(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await TestServer.ReadTextAsync(response), Stop);
}
