using System.Net;

namespace Terroir.Acceptance.Tests;

/// <summary>People, keys, sessions and groups: changed by verbs, and felt by requests while the site is served.
/// </summary>
[Collection(nameof(GovernedSites))]
public sealed class IdentityCommandTests(GovernedSite governed)
{
    private const string Password = "quatre chevaux verts";

    private UsedSite Site => governed.Site;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_a_password_signs_in_and_is_out_at_the_request_after_an_operator_says_so()
    {
        await Site.RunAsync("user", "add", "ana", "--name", "Ana Roy");
        await UsedSite.WriteAsync(Site.In("password"), $"{Password}\n");
        await Site.RunAsync("user", "password", "ana", "--file", Site.In("password"));

        var cookie = await SignInAsync();
        Assert.Contains("<strong>Ana Roy</strong>", await ShowAsync(cookie), StringComparison.Ordinal);
        var session = Assert.Single(
            (await Site.ReadAsync("session", "list")).GetProperty("sessions").EnumerateArray(),
            item => item.GetProperty("user").ValueEquals("ana"));
        Assert.Equal("password", session.GetProperty("method").GetString());
        Assert.Equal("1 session of ana ended.\n", await Site.RunAsync("session", "revoke", "ana"));
        Assert.Equal(HttpStatusCode.Unauthorized, await OpenAsync(cookie));

        var next = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(next));
        await Site.RunAsync("user", "disable", "ana");
        using var barred = await Site.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.Unauthorized, await OpenAsync(next));

        await Site.RunAsync("user", "enable", "ana");
        Assert.Equal(HttpStatusCode.Unauthorized, await OpenAsync(next));
        var last = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(last));
        Assert.Equal("ana is removed.\n", await Site.RunAsync("user", "remove", "ana"));
        using var removed = await Site.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.Unauthorized, await OpenAsync(last));

        // To who tries, barred and removed look the same.
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
            (barred.StatusCode, removed.StatusCode));
        Assert.Equal(
            await barred.Content.ReadAsStringAsync(Stop),
            await removed.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_key_opens_what_its_scope_says_in_its_collections_until_it_is_revoked()
    {
        var made = await Site.ReadAsync("apikey", "add", "denis", "--scope", "search", "--days", "3");
        var elsewhere = await Site.RunAsync(
            "apikey", "add", "denis", "--scope", "search", "--collection", "archives");
        var key = made.GetProperty("key").GetString()!;
        var id = made.GetProperty("id").GetString()!;

        Assert.Equal(1, await CountAsync(key));
        Assert.Equal(0, await CountAsync(elsewhere.Split('\n')[0].Split(' ')[^1]));
        using var asked = await Site.SendAsync(HttpMethod.Post, "/api/ask", key, new { question = "badge" });
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        Assert.Contains("scope 'ask'", await asked.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        Assert.Contains("no collection 'archives'", elsewhere, StringComparison.Ordinal);
        var listed = await Site.RunAsync("apikey", "list");
        Assert.Contains($"{id}  denis  search  until", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);

        Assert.Equal($"{id} opens nothing more.\n", await Site.RunAsync("apikey", "revoke", id));
        using var revoked = await SearchAsync(key);
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
    }

    [Fact]
    public async Task A_group_gives_its_role_from_the_next_request_on_and_takes_it_away_so()
    {
        var key = GovernedSite.KeyOf("chloe");
        await Site.RunAsync("group", "add", "operators");

        using var before = await Site.SendAsync(HttpMethod.Get, "/api/status", key);
        await Site.RunAsync("group", "join", "operators", "user:chloe", "--until", "2100-01-31");
        using var during = await Site.SendAsync(HttpMethod.Get, "/api/status", key);
        await Site.RunAsync("group", "leave", "operators", "user:chloe");
        using var after = await Site.SendAsync(HttpMethod.Get, "/api/status", key);

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden),
            (before.StatusCode, during.StatusCode, after.StatusCode));

        // The ledger says what was done to whom.
        var events = await Site.RunAsync("audit", "--document", "group:operators");
        Assert.Contains("identity.changed  -  group:operators: group leave", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_says_why_changes_nothing_and_is_no_event()
    {
        (string Line, int Exit, string Error)[] refusals =
        [
            ("user remove zoe", 3, "The store keeps nothing of 'zoe'."),
            ("session revoke zoe", 3, "There is no user 'zoe'. See 'terroir user list'."),
            ("group join equipe user:zoe", 3, "There is no 'user:zoe'. A member is written user:ID or group:ID."),
            ("apikey revoke 1f2e3d4c5b6a", 3, "The store has no key '1f2e3d4c5b6a'. See 'terroir apikey list'."),
            ("search badge --as zoe", 3, "Nobody may ask as 'zoe'"),
        ];
        var ended = await Task.WhenAll(refusals.Select(refusal => Site.TryAsync(refusal.Line.Split(' '))));
        var events = await Site.RunAsync("audit");

        Assert.All(refusals.Zip(ended), pair =>
        {
            Assert.Equal((pair.First.Line, pair.First.Exit), (pair.First.Line, pair.Second.Exit));
            Assert.StartsWith(pair.First.Error, pair.Second.Error, StringComparison.Ordinal);
            Assert.Empty(pair.Second.Output);
        });
        Assert.All(
            ["zoe", "equipe", "1f2e3d4c5b6a"],
            name => Assert.DoesNotContain(name, events, StringComparison.Ordinal));
    }

    private async Task<string> SignInAsync()
    {
        using var response = await Site.SignInAsync("ana", Password);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<string> ShowAsync(string cookie)
    {
        using var page = await Site.OpenAsync("/", cookie);
        return await page.Content.ReadAsStringAsync(Stop);
    }

    private async Task<HttpStatusCode> OpenAsync(string cookie)
    {
        using var page = await Site.OpenAsync("/", cookie);
        return page.StatusCode;
    }

    private Task<HttpResponseMessage> SearchAsync(string key) =>
        Site.SendAsync(HttpMethod.Get, "/api/search?q=badge", key);

    private async Task<int> CountAsync(string key)
    {
        using var response = await SearchAsync(key);
        return (await UsedSite.ReadAsync(response)).GetProperty("hits").GetArrayLength();
    }
}
