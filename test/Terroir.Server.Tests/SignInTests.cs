using System.Net;

namespace Terroir.Server.Tests;

/// <summary>The console outside a demo: a visitor presents their key once.</summary>
public sealed class SignInTests
{
    private const string Question = "/?question=O%C3%B9+se+retire+le+badge+provisoire+%3F";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_the_page_asks_for_one_and_names_nobody()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.GetAsync(Question, key: null);
        var page = WebUtility.HtmlDecode(await TestServer.ReadTextAsync(response));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("Anna", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"next\" value=\"{Question}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_who_gave_their_key_goes_where_they_wanted_and_is_recognised_there()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SignInAsync(server, TestServer.AnnaKey, Question);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        using var answer = await GetAsync(server, Question, cookie);
        var page = WebUtility.HtmlDecode(await TestServer.ReadTextAsync(answer));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(Question, response.Headers.Location?.OriginalString);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestServer.AnnaKey, cookie, StringComparison.Ordinal);
        Assert.Contains("poste de sécurité", page, StringComparison.Ordinal);
        Assert.Contains("<strong>Anna</strong>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_taken_away_opens_nothing_more()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await SignInAsync(server, TestServer.AnnaKey, "/");
        var cookie = response.Headers.GetValues("Set-Cookie").Single();

        await File.WriteAllTextAsync(server.DirectoryFile, "users:\n  - id: anna\n    name: Anna\n", Stop);
        using var page = await GetAsync(server, "/", cookie);

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    [Theory]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task A_wrong_key_gives_no_cookie(string key, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SignInAsync(server, key, "/");

        Assert.Equal(status, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("https://attacker.example/")]
    [InlineData("//attacker.example/")]
    [InlineData("/\\attacker.example/")]
    [InlineData("")]
    public async Task Nobody_is_led_to_another_site(string next)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SignInAsync(server, TestServer.AnnaKey, next);

        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_form_of_another_site_signs_nobody_in()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SignInAsync(server, TestServer.AnnaKey, "/", "https://attacker.example");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookie_counts_for_reading_only()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await SignInAsync(server, TestServer.AnnaKey, "/");
        var cookie = response.Headers.GetValues("Set-Cookie").Single();

        using var read = await GetAsync(server, "/api/search?q=badge", cookie);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/ask", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie.Split(';')[0]);
        using var asked = await server.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
    }

    [Fact]
    public async Task Leaving_takes_the_cookie_back()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-out", UriKind.Relative));

        using var response = await server.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains(
            "expires=Thu, 01 Jan 1970",
            response.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<HttpResponseMessage> SignInAsync(
        TestServer server,
        string key,
        string next,
        string origin = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-in", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("key", key),
                KeyValuePair.Create("next", next),
            ]),
        };
        if (origin.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await server.Client.SendAsync(request, Stop);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestServer server, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie.Split(';')[0]);
        return await server.Client.SendAsync(request, Stop);
    }
}
