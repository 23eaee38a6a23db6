using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Tests.Scim;

/// <summary>What Entra ID and Okta do, in their order and with their bodies.</summary>
public sealed class ScimFlowsTests : IAsyncLifetime
{
    private const string Password = "quatre chevaux verts";

    private ScimSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ScimSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Entra_finds_nobody_makes_a_user_finds_and_renames_them()
    {
        var absent = await _site.DoAsync("GET", $"{ScimSite.Users}?filter=userName+eq+%22nadia%40hopital.fr%22");
        var made = await _site.DoAsync(
            "POST",
            ScimSite.Users,
            """
            {
              "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
              "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd", "userName": "nadia@hopital.fr", "active": true,
              "displayName": "Nadia Benali", "title": "Infirmière", "emails": [{"type": "work", "value": "n@h.fr"}],
              "meta": {"resourceType": "User"}, "name": {"formatted": "N. Benali", "givenName": "Nadia"},
              "roles": [], "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Urgences"}
            }
            """);
        var path = $"{ScimSite.Users}/{made.GetProperty("id").GetString()}";
        var found = await _site.DoAsync("GET", $"{ScimSite.Users}?filter=userName+eq+%22NADIA%40hopital.fr%22");
        await _site.PatchAsync(
            path,
            """
            {"op":"Replace","path":"displayName","value":"Nadia B."},
            {"op":"Add","path":"name.familyName","value":"B"}
            """);
        var read = await _site.DoAsync("GET", path);

        Assert.Equal((0, 1), (TotalOf(absent), TotalOf(found)));
        Assert.Equal(
            made.GetProperty("id").GetString(),
            Assert.Single(found.GetProperty("Resources").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("Nadia B.", read.GetProperty("displayName").GetString());
        Assert.Equal("Nadia B.", read.GetProperty("name").GetProperty("formatted").GetString());
        Assert.Equal("Infirmière", read.GetProperty("title").GetString());
        Assert.Equal("58342554-38d6-4ec8-948c-50044d0a33fd", read.GetProperty("externalId").GetString());
        Assert.EndsWith(path, read.GetProperty("meta").GetProperty("location").GetString(), StringComparison.Ordinal);
        var account = _site.Store.Read().Accounts.Single(item => item.Id is "nadia@hopital.fr");
        Assert.Equal((Account.FromScim, "Nadia B."), (account.Origin, account.Name));
        Assert.NotNull(_site.Directory.Find("nadia@hopital.fr"));
    }

    [Fact]
    public async Task Entra_disables_a_user_whose_session_and_key_end_at_once()
    {
        var path = $"{ScimSite.Users}/{await _site.AddUserAsync("nadia")}";
        await _site.Accounts.SetPasswordAsync("nadia", Password, Stop);
        var key = await _site.AddKeyAsync("nadia", KeyScopes.Search);
        var cookie = await SignInAsync("nadia");
        var before = (await GetPageAsync(cookie), await SearchAsync(key));

        await _site.PatchAsync(path, """{"op":"Replace","path":"active","value":"False"}""");
        var after = (await GetPageAsync(cookie), await SearchAsync(key));
        await _site.PatchAsync(path, """{"op":"Replace","value":{"active":"True"}}""");
        var again = (await GetPageAsync(cookie), await SearchAsync(key));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), before);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), after);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), again);
    }

    [Fact]
    public async Task Entra_makes_a_group_and_adds_and_removes_its_members()
    {
        var (nadia, paul) = (await _site.AddUserAsync("nadia"), await _site.AddUserAsync("paul"));
        var group = await _site.DoAsync(
            "POST",
            ScimSite.Groups,
            """{"externalId":"7","displayName":"Urgences de nuit","members":[]}""");
        var path = $"{ScimSite.Groups}/{group.GetProperty("id").GetString()}";

        await _site.PatchAsync(path, Members("Add", nadia));
        await _site.PatchAsync(path, Members("Add", paul));
        var both = MembersOf(await _site.DoAsync("GET", path));
        await _site.PatchAsync(path, Members("Remove", nadia));
        var one = MembersOf(await _site.DoAsync("GET", path));
        var found = await _site.DoAsync(
            "GET",
            $"{ScimSite.Groups}?excludedAttributes=members&filter=displayName+eq+%22urgences+de+nuit%22");

        Assert.Equal(($"{nadia} {paul}", paul), (both, one));
        Assert.False(
            Assert.Single(found.GetProperty("Resources").EnumerateArray()).TryGetProperty("members", out _));
        Assert.Contains("group:Urgences de nuit", _site.Directory.Find("paul")!.Principals);
        Assert.DoesNotContain("group:Urgences de nuit", _site.Directory.Find("nadia")!.Principals);
    }

    [Fact]
    public async Task Okta_replaces_users_and_groups_and_removes_a_member_by_a_filter()
    {
        var nadia = await _site.AddUserAsync("nadia");
        var path = $"{ScimSite.Groups}/{await _site.AddGroupAsync("urgences")}";
        var user = await _site.DoAsync(
            "PUT",
            $"{ScimSite.Users}/{nadia}",
            $$"""
            {
              "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "{{nadia}}", "userName": "nadia",
              "name": {"givenName": "Nadia", "familyName": "Benali"}, "displayName": "Nadia Benali", "locale": "fr",
              "emails": [{"primary": true, "value": "n@h.fr", "type": "work"}], "groups": [], "externalId": "00u1"
            }
            """);
        await _site.DoAsync(
            "PUT",
            path,
            $$"""{"displayName":"Urgences","members":[{"value":"{{nadia}}","display":"N"},{"value":"user:anna"}]}""");
        await _site.PatchAsync(
            path,
            """
            {"op":"remove","path":"members[value eq \"user:anna\"]"},
            {"op":"replace","value":{"id":"group:urgences","displayName":"Les urgences"}}
            """);
        var group = await _site.DoAsync("GET", path);
        var groups = (await _site.DoAsync("GET", $"{ScimSite.Users}/{nadia}")).GetProperty("groups");

        Assert.Equal(
            ("Nadia Benali", true, "00u1"),
            (
                user.GetProperty("displayName").GetString(),
                user.GetProperty("active").GetBoolean(),
                user.GetProperty("externalId").GetString()));
        Assert.Equal(nadia, MembersOf(group));
        Assert.Equal("Les urgences", group.GetProperty("displayName").GetString());
        Assert.Equal("group:urgences", Assert.Single(groups.EnumerateArray()).GetProperty("value").GetString());
        Assert.Contains("group:urgences", _site.Directory.Find("nadia")!.Principals);
    }

    [Fact]
    public async Task A_group_holds_a_group_and_who_is_in_it_is_in_both()
    {
        var nadia = await _site.AddUserAsync("nadia");
        var inner = await _site.AddGroupAsync("urgences");
        var outer = await _site.AddGroupAsync("soignants");

        await _site.PatchAsync($"{ScimSite.Groups}/{inner}", Members("add", nadia));
        await _site.PatchAsync($"{ScimSite.Groups}/{outer}", Members("add", inner));
        var groups = (await _site.DoAsync("GET", $"{ScimSite.Users}/{nadia}")).GetProperty("groups");
        var found = await _site.DoAsync("GET", $"{ScimSite.Users}?filter=groups%5Btype+eq+%22indirect%22%5D");

        Assert.Equal(
            "group:urgences direct, group:soignants indirect",
            string.Join(
                ", ",
                groups.EnumerateArray().Select(item => $"{item.GetProperty("value")} {item.GetProperty("type")}")));
        Assert.Equal(1, TotalOf(found));
        Assert.Contains("group:soignants", _site.Directory.Find("nadia")!.Principals);
    }

    [Fact]
    public async Task A_deleted_user_is_gone_at_once_with_all_that_opened_something()
    {
        var nadia = await _site.AddUserAsync("nadia");
        var group = await _site.AddGroupAsync("urgences");
        await _site.PatchAsync($"{ScimSite.Groups}/{group}", Members("add", nadia));
        await _site.Accounts.SetPasswordAsync("nadia", Password, Stop);
        var key = await _site.AddKeyAsync("nadia", KeyScopes.Search);
        var cookie = await SignInAsync("nadia");

        var (status, _) = await _site.SendAsync("DELETE", $"{ScimSite.Users}/{nadia}");
        var after = (await GetPageAsync(cookie), await SearchAsync(key));
        var (absent, _) = await _site.SendAsync("GET", $"{ScimSite.Users}/{nadia}");
        await _site.AddUserAsync("nadia");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (status, absent));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), after);
        Assert.Equal(HttpStatusCode.Unauthorized, await SearchAsync(key));
        Assert.Null(_site.Store.FindCredential("nadia", IIdentityStore.PasswordKind));
        Assert.DoesNotContain("group:urgences", _site.Directory.Find("nadia")!.Principals);
    }

    [Fact]
    public async Task A_new_user_has_no_password_that_an_earlier_one_of_the_name_left()
    {
        await _site.Accounts.SetPasswordAsync("nadia", Password, Stop);
        var key = await _site.AddKeyAsync("nadia", KeyScopes.Search);

        await _site.AddUserAsync("nadia");

        Assert.Null(_site.Store.FindCredential("nadia", IIdentityStore.PasswordKind));
        Assert.Equal(HttpStatusCode.Unauthorized, await SearchAsync(key));
    }

    [Fact]
    public async Task Each_change_is_in_the_ledger_and_what_changes_nothing_is_not()
    {
        var path = $"{ScimSite.Users}/{await _site.AddUserAsync("nadia")}";
        await _site.PatchAsync(path, """{"op":"replace","path":"active","value":false}""");
        await _site.PatchAsync(path, """{"op":"replace","path":"active","value":false}""");
        await _site.DoAsync("DELETE", path);

        await _site.Server.Services.GetServices<IHostedService>().OfType<LedgerWorker>().Single().FlushAsync(Stop);
        var rows = await _site.Server.Services.GetRequiredService<IMetastore>().Ledger
            .FindAsync(new LedgerQuery { Kind = EventKinds.IdentityChanged }, Stop);

        Assert.Equal(
            "user add by scim, user disable by scim, user remove by scim",
            string.Join(", ", rows.OrderBy(placed => placed.Row.Time).Select(placed => Open(placed.Row))));
        Assert.All(rows, placed => Assert.Equal(("user:root", "user:nadia"), (placed.Row.Actor, placed.Row.Subject)));
    }

    [Fact]
    public async Task Who_stays_a_member_keeps_the_end_of_the_membership()
    {
        var until = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var nadia = await _site.AddUserAsync("nadia");
        await _site.Store.SaveGroupAsync(
            new AccountGroup("urgences") { Members = [new GroupMember("user:nadia", until)] },
            Stop);

        await _site.PatchAsync($"{ScimSite.Groups}/group:urgences", Members("add", nadia, "user:anna"));

        Assert.Equal(
            [new GroupMember("user:anna"), new GroupMember("user:nadia", until)],
            _site.Store.Read().Groups.Single(group => group.Id is "urgences").Members);
    }

    [Fact]
    public async Task Changes_at_the_same_moment_take_nobody_elses_back()
    {
        var path = $"{ScimSite.Groups}/{await _site.AddGroupAsync("urgences")}";
        var users = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            users.Add(await _site.AddUserAsync($"user{number}"));
        }

        await Task.WhenAll(users.Select(user => _site.PatchAsync(path, Members("add", user))));

        Assert.Equal(string.Join(' ', users), MembersOf(await _site.DoAsync("GET", path)));
    }

    private static int TotalOf(JsonElement list) => list.GetProperty("totalResults").GetInt32();

    private static string Open(LedgerRow row) => Encoding.UTF8.GetString(
        LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects.Single().Opening!.Content);

    private static string Members(string operation, params string[] ids) =>
        JsonSerializer.Serialize(
            new { op = operation, path = "members", value = ids.Select(id => new { value = id }) });

    private static string MembersOf(JsonElement group) => string.Join(
        ' ',
        group.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("value").GetString()));

    private async Task<string> SignInAsync(string user)
    {
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("user", user),
            KeyValuePair.Create("password", Password),
            KeyValuePair.Create("next", "/"),
        ]);
        using var response = await _site.Server.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Stop);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpStatusCode> GetPageAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var response = await _site.Server.Client.SendAsync(request, Stop);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> SearchAsync(string key)
    {
        using var response = await _site.Server.GetAsync("/api/search?q=badge", key);
        return response.StatusCode;
    }
}
