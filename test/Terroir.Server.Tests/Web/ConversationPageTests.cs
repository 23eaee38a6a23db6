using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers.Conversations;

namespace Terroir.Server.Tests.Web;

/// <summary>The pages of conversations, as the browser of somebody who signed in uses them.</summary>
public sealed partial class ConversationPageTests : IAsyncLifetime
{
    private const string Root = "/conversations";
    private const string First = "Où se retire le badge provisoire ?";
    private const string Second = "Et le badge, il se retire où ?";

    private TestServer _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_conversation_is_begun_continued_listed_and_deleted()
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var page = await BeginAsync(cookie);
        using var second = await PostAsync(page, cookie, Second);
        var shown = await ReadAsync(page, cookie);
        var list = await ReadAsync(Root, cookie);
        using var deleted = await PostAsync($"{page}/delete", cookie, question: null);
        var empty = await ReadAsync(Root, cookie);

        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Equal($"{page}#last", second.Headers.Location?.OriginalString);
        Assert.Contains("poste de sécurité", shown, StringComparison.Ordinal);
        Assert.Contains($"Comprise ainsi\u00A0: {Second} (provisoire)", shown, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{page}\">{First}</a>", list, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.SeeOther, Root),
            (deleted.StatusCode, deleted.Headers.Location?.OriginalString ?? ""));
        Assert.Contains("Vous n’avez pas de conversation.", empty, StringComparison.Ordinal);
        Assert.Empty(_site.Services.GetRequiredService<IConversations>().List(new Asker("anna", [])));
    }

    [Fact]
    public async Task A_marker_leads_to_the_cited_place()
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var page = await ReadAsync(await BeginAsync(cookie), cookie);
        var marker = Marker().Match(page).Groups["address"].Value;
        var document = await ReadAsync(marker, cookie);

        Assert.Contains(
            "poste de sécurité",
            Cited().Match(document).Groups["text"].Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_speak_english_too()
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var page = await BeginAsync(cookie);

        Assert.Contains("Your conversations", await ReadAsync($"{Root}?lang=en", cookie), StringComparison.Ordinal);
        Assert.Contains(
            "Delete this conversation",
            await ReadAsync($"{page}?lang=en", cookie),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_of_somebody_else_looks_absent_on_every_page()
    {
        var page = await BeginAsync(await SignInAsync(TestServer.AnnaKey));
        var other = await SignInAsync(TestServer.OperatorKey);
        var absent = $"{Root}/{new string('0', 32)}";

        foreach (var form in (string[])["", "/delete"])
        {
            using var refused = await PostAsync(page + form, other, First);
            using var missing = await PostAsync(absent + form, other, First);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.Equal(await TestServer.ReadTextAsync(missing), await TestServer.ReadTextAsync(refused));
        }

        using var read = await GetAsync(page, other);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.DoesNotContain(First, await ReadAsync(Root, other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://attacker.example", "cross-site")]
    [InlineData("https://attacker.example", "")]
    [InlineData("null", "cross-site")]
    [InlineData("", "same-site")]
    public async Task The_form_of_another_site_asks_and_deletes_nothing(string origin, string fetchSite)
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var page = await BeginAsync(cookie);
        using var asked = await PostAsync(page, cookie, Second, origin, fetchSite);
        using var deleted = await PostAsync($"{page}/delete", cookie, question: null, origin, fetchSite);
        var left = Assert.Single(_site.Services.GetRequiredService<IConversations>().List(new Asker("anna", [])));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (asked.StatusCode, deleted.StatusCode));
        Assert.Equal(1, left.TurnCount);
    }

    [Fact]
    public async Task A_form_without_any_word_of_where_it_is_from_does_not_count_the_cookie()
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var page = await BeginAsync(cookie);
        using var deleted = await PostAsync($"{page}/delete", cookie, question: null, origin: "", fetchSite: "");

        Assert.Equal(HttpStatusCode.Unauthorized, deleted.StatusCode);
        Assert.Single(_site.Services.GetRequiredService<IConversations>().List(new Asker("anna", [])));
    }

    [Theory]
    [InlineData("   ", "Écrivez une question.")]
    [InlineData("long", "La question est trop longue")]
    public async Task A_question_that_cannot_be_asked_is_said_to_be_so(string question, string problem)
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var text = question is "long" ? new string('a', 4_001) : question;
        using var begun = await PostAsync(Root, cookie, text);
        using var continued = await PostAsync(await BeginAsync(cookie), cookie, text);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (begun.StatusCode, continued.StatusCode));
        Assert.Contains(
            problem,
            WebUtility.HtmlDecode(await TestServer.ReadTextAsync(begun)),
            StringComparison.Ordinal);
        Assert.Contains(
            problem,
            WebUtility.HtmlDecode(await TestServer.ReadTextAsync(continued)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browsers_are_told_to_name_this_site_where_its_forms_are_from()
    {
        using var response = await GetAsync(Root, cookie: "");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
    }

    private async Task<string> BeginAsync(string cookie)
    {
        using var response = await PostAsync(Root, cookie, First);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.OriginalString.Split('#')[0];
    }

    private async Task<string> SignInAsync(string key)
    {
        using var response = await SendFormAsync("/sign-in", ("key", key));
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private Task<HttpResponseMessage> PostAsync(string path, string cookie, string? question) =>
        PostAsync(path, cookie, question, _site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), "same-origin");

    private Task<HttpResponseMessage> PostAsync(
        string path,
        string cookie,
        string? question,
        string origin,
        string fetchSite) =>
        SendFormAsync(
            path,
            ("question", question),
            [("Cookie", cookie), ("Origin", origin), ("Sec-Fetch-Site", fetchSite)]);

    private async Task<HttpResponseMessage> SendFormAsync(
        string path,
        (string Name, string? Value) field,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(
                field.Value is null ? [] : [KeyValuePair.Create(field.Name, field.Value)]),
        };
        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _site.Client.SendAsync(request, Stop);
    }

    private async Task<string> ReadAsync(string path, string cookie)
    {
        using var response = await GetAsync(path, cookie);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await TestServer.ReadTextAsync(response));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await _site.Client.SendAsync(request, Stop);
    }

    [GeneratedRegex("class=\"marker\" href=\"(?<address>[^\"]*)#cite\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Marker();

    [GeneratedRegex("<mark id=\"cite\">(?<text>[^<]*)</mark>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Cited();
}
