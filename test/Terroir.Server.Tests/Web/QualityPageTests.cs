using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Web;

namespace Terroir.Server.Tests.Web;

/// <summary>The report on quality: as a page, as JSON, and as a file.</summary>
public sealed partial class QualityPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/quality")]
    [InlineData("/api/quality")]
    public async Task Only_operators_see_it_since_it_names_what_others_may_not_read(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var operatorResponse = await server.GetAsync(path, TestServer.OperatorKey);
        using var annaResponse = await server.GetAsync(path, TestServer.AnnaKey);
        using var nobodyResponse = await server.GetAsync(path, key: null);

        Assert.Equal(HttpStatusCode.OK, operatorResponse.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, annaResponse.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nobodyResponse.StatusCode);
        Assert.DoesNotContain(
            TestServer.HostileFile,
            await TestServer.ReadTextAsync(annaResponse),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_tells_grades_by_name_and_the_account_of_each_source()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.GetAsync("/api/quality", TestServer.OperatorKey);

        var report = await TestServer.ReadJsonAsync(response);

        Assert.Equal(3, report.GetProperty("sources")[0].GetProperty("documentCount").GetInt32());
        Assert.Matches("^[A-E]$", report.GetProperty("worst")[0].GetProperty("overall").GetString());
    }

    [Fact]
    public async Task The_file_is_whole_by_itself_and_speaks_both_languages()
    {
        await using var server = await TestServer.StartAsync();
        var report = await server.Services.GetRequiredService<QualityReader>().ReadAsync(null, null, null, Stop);

        var html = await QualityHtml.WriteAsync(report);
        using var page = await new HtmlParser().ParseDocumentAsync(html, Stop);

        Assert.Equal(
            ["fr", "en"],
            page.QuerySelectorAll("article").Select(part => part.GetAttribute("lang")!),
            StringComparer.Ordinal);
        Assert.Contains("Qualité des documents", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Quality of the documents", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, object, [src], [onclick]"));
        Assert.All(
            page.QuerySelectorAll("[href]"),
            link => Assert.StartsWith("#", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.DoesNotMatch(Remote(), html);
        Assert.All(page.QuerySelectorAll("th"), cell => Assert.True(cell.HasAttribute("scope")));
        Assert.All(page.QuerySelectorAll("svg"), picture => Assert.Equal("true", picture.GetAttribute("aria-hidden")));
    }

    [Fact]
    public async Task A_name_in_the_folder_is_shown_as_text()
    {
        var report = new QualityReport
        {
            At = DateTimeOffset.UnixEpoch,
            Collections = [],
            Sources = [],
            Fixes = [],
            Worst = [],
            Held =
            [
                new GradedDocument(
                    "rh",
                    "documents",
                    "<script>alert(1)</script>.pdf",
                    "",
                    QualityVerdict.Hold,
                    QualityGrade.E,
                    "E-----",
                    [new QualityFinding("odd-characters", QualityGrade.E, 0.25)],
                    HasFormer: true,
                    [new Remark(RemarkCode.PagesDoubtful, "2", "1"), Remark.Said("said before <b>")]),
            ],
        };

        var html = await QualityHtml.WriteAsync(report);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("25,0", html, StringComparison.Ordinal);
        Assert.Contains("25.0", html, StringComparison.Ordinal);
        var shown = WebUtility.HtmlDecode(html);
        Assert.Contains("La page 2 a été reconnue avec des doutes", shown, StringComparison.Ordinal);
        Assert.Contains("Page 2 was recognised with doubt", html, StringComparison.Ordinal);
        Assert.Contains("said before &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Page 2 was recognised with doubt", report.Held[0].Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_a_sentence_for_each_finding()
    {
        var (french, english) = (QualityText.French, QualityText.English);

        Assert.Equal(QualityCodes.All, french.Findings.Keys, StringComparer.Ordinal);
        Assert.Equal(french.Findings.Keys, english.Findings.Keys, StringComparer.Ordinal);
        Assert.All(
            french.Findings.Values.Concat(english.Findings.Values),
            text => Assert.EndsWith(".", text.Fix, StringComparison.Ordinal));
        Assert.Equal(Enum.GetValues<QualityAxis>(), french.Axes.Keys);
        Assert.Equal(Enum.GetValues<QualityAxis>(), english.Axes.Keys);
        Assert.Equal(Enum.GetValues<QualityGrade>(), french.Grades.Keys);
        Assert.Equal(Enum.GetValues<QualityVerdict>(), english.Verdicts.Keys);
    }

    [GeneratedRegex(@"https?://|url\(|@import|//[a-z]", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Remote();
}
