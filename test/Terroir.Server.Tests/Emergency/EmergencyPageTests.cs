using System.Net;

namespace Terroir.Server.Tests.Emergency;

/// <summary>The page of access in an emergency, as the browser of somebody who signed in uses it.</summary>
public sealed class EmergencyPageTests : IAsyncLifetime
{
    private const string Page = "/emergency-access";

    private EmergencySite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await EmergencySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task It_warns_opens_shows_a_banner_on_every_page_and_ends()
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        var form = await ReadAsync(Page, cookie);
        var before = await ReadAsync("/search?q=digoxine", cookie);
        using var opened = await PostAsync(Page, cookie, EmergencySite.Reason);
        var during = await ReadAsync("/search?q=digoxine", cookie);
        var english = await ReadAsync("/search?lang=en", cookie);
        using var ended = await PostAsync($"{Page}/end", cookie, reason: "");
        var after = await ReadAsync("/search?q=digoxine", cookie);

        Assert.Contains("Chaque ouverture est inscrite au journal", form, StringComparison.Ordinal);
        Assert.Contains("bris-de-glace, 60\u00A0min", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Contains("0,125 mg", during, StringComparison.Ordinal);
        Assert.Contains("jusqu’au 27 novembre 2026, 09:00\u00A0UTC", during, StringComparison.Ordinal);
        Assert.Contains("Emergency access is open", english, StringComparison.Ordinal);
        Assert.All(
            (string[])[before, after],
            page =>
            {
                Assert.DoesNotContain("Accès en urgence ouvert", page, StringComparison.Ordinal);
                Assert.DoesNotContain("0,125 mg", page, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task Who_may_not_open_it_sees_neither_the_form_nor_the_way_to_it()
    {
        var cookie = await SignInAsync(TestServer.OperatorKey);
        var page = await ReadAsync(Page, cookie);
        using var refused = await PostAsync(Page, cookie, EmergencySite.Reason);

        Assert.Contains("Vous ne pouvez pas ouvrir d’accès en urgence.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"reason\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{Page}\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(_site.Store.ListEmergencies());
    }

    [Fact]
    public async Task A_reason_that_is_missing_and_the_form_of_another_site_open_nothing()
    {
        var cookie = await SignInAsync(TestServer.AnnaKey);
        using var tooShort = await PostAsync(Page, cookie, "ab");
        using var foreign = await PostAsync(Page, cookie, EmergencySite.Reason, "https://attacker.example");

        Assert.Contains(
            "Écrivez le motif",
            WebUtility.HtmlDecode(await TestServer.ReadTextAsync(tooShort)),
            StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (tooShort.StatusCode, foreign.StatusCode));
        Assert.Empty(_site.Store.ListEmergencies());
    }

    private async Task<string> SignInAsync(string key)
    {
        using var form = new FormUrlEncodedContent([new("key", key)]);
        using var response = await _site.Server.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Stop);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<string> ReadAsync(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var response = await _site.Server.Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await TestServer.ReadTextAsync(response));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string cookie, string reason, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("group", EmergencySite.Group), new("reason", reason)]),
        };
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        request.Headers.TryAddWithoutValidation(
            "Origin",
            origin ?? _site.Server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await _site.Server.Client.SendAsync(request, Stop);
    }
}
