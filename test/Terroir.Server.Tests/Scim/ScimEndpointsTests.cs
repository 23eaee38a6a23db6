using System.Net;
using System.Text.Json;
using Terroir.Access;
using Terroir.Server.Scim;
using Terroir.Storage;

namespace Terroir.Server.Tests.Scim;

/// <summary>Who may provision, what is refused, and what SCIM says of itself.</summary>
public sealed class ScimEndpointsTests : IAsyncLifetime
{
    private const string OfFile = "directory.yaml";
    private const string Disable = """{"Operations":[{"op":"replace","path":"active","value":false}]}""";

    private ScimSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ScimSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Only_a_key_with_the_scope_of_an_administrator_opens_it()
    {
        await _site.Store.SaveAccountAsync(new Account("ines"), Stop);
        await File.AppendAllTextAsync(
            _site.Server.DirectoryFile,
            $"\n  - hash: {SiteDirectory.HashKey("key-of-the-file")}\n    principal: root\n",
            Stop);
        (string Key, HttpStatusCode Status)[] cases =
        [
            ("no-key", HttpStatusCode.Unauthorized),
            (TestServer.AnnaKey, HttpStatusCode.Forbidden),
            (TestServer.OperatorKey, HttpStatusCode.Forbidden),
            (await _site.AddKeyAsync("ines", KeyScopes.Provision), HttpStatusCode.Forbidden),
            (await _site.AddKeyAsync("root", KeyScopes.Administer), HttpStatusCode.Forbidden),
            ("key-of-the-file", HttpStatusCode.Forbidden),
        ];
        string[] paths = [ScimSite.Users, ScimSite.Groups, "/scim/v2/Schemas", "/scim/v2/ServiceProviderConfig"];

        foreach (var (key, expected) in cases)
        {
            foreach (var path in paths)
            {
                var (status, body) = await _site.SendAsync("GET", path, key: key);

                Assert.Equal((key, path, expected), (key, path, status));
                Assert.Equal($"{(int)expected}", body.GetProperty("status").GetString());
            }

            var (refused, _) = await _site.SendAsync("POST", ScimSite.Users, """{"userName":"x"}""", key);
            Assert.Equal(expected, refused);
        }

        Assert.DoesNotContain(_site.Store.Read().Accounts, account => account.Id is "x");
    }

    [Fact]
    public async Task What_the_file_defines_is_shown_and_not_changed()
    {
        var anna = await _site.DoAsync("GET", $"{ScimSite.Users}/user:anna");
        var soins = await _site.DoAsync("GET", $"{ScimSite.Groups}/group:soins");
        (string Method, string Path, string? Body)[] cases =
        [
            ("PATCH", $"{ScimSite.Users}/user:anna", Disable),
            ("PUT", $"{ScimSite.Users}/user:anna", """{"userName":"anna","displayName":"Other"}"""),
            ("DELETE", $"{ScimSite.Users}/user:anna", null),
            ("PATCH", $"{ScimSite.Groups}/group:soins", """{"Operations":[{"op":"remove","path":"members"}]}"""),
            ("PUT", $"{ScimSite.Groups}/group:soins", """{"displayName":"Soins","members":[]}"""),
            ("DELETE", $"{ScimSite.Groups}/group:soins", null),
        ];

        foreach (var (method, path, body) in cases)
        {
            var (status, answer) = await _site.SendAsync(method, path, body);

            Assert.Equal((method, path, HttpStatusCode.Forbidden), (method, path, status));
            Assert.Equal("mutability", answer.GetProperty("scimType").GetString());
            Assert.Contains(OfFile, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("Anna", anna.GetProperty("displayName").GetString());
        Assert.Equal("group:soins", anna.GetProperty("groups")[0].GetProperty("value").GetString());
        Assert.Equal("user:anna", soins.GetProperty("members")[0].GetProperty("value").GetString());
        Assert.Contains("group:soins", _site.Directory.Find("anna")!.Principals);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_the_form_of_SCIM()
    {
        await _site.AddUserAsync("nadia");
        await _site.AddGroupAsync("urgences");
        (string Method, string Path, string? Body, int Status, string? Kind)[] cases =
        [
            ("POST", ScimSite.Users, """{"userName":"nadia"}""", 409, "uniqueness"),
            ("POST", ScimSite.Users, """{"userName":"NADIA"}""", 409, "uniqueness"),
            ("POST", ScimSite.Users, """{"userName":"Anna"}""", 409, "uniqueness"),
            ("POST", ScimSite.Groups, """{"displayName":"soins"}""", 409, "uniqueness"),
            ("POST", ScimSite.Users, """{"userName":"a:b"}""", 400, "invalidValue"),
            ("POST", ScimSite.Users, """{"displayName":"X"}""", 400, "invalidValue"),
            ("POST", ScimSite.Users, """{"userName":"x","displayName":"a\u001bb"}""", 400, "invalidValue"),
            ("POST", ScimSite.Users, """{"userName":"x","password":"secret secret"}""", 400, "invalidValue"),
            ("POST", ScimSite.Users, """{"userName":"x","active":1}""", 400, "invalidValue"),
            ("POST", ScimSite.Users, """{"userName":["x"]}""", 400, "invalidValue"),
            ("POST", ScimSite.Users, """{"userName":"x","userName":"y"}""", 400, "invalidSyntax"),
            ("POST", ScimSite.Users, """{"userName":"x","USERNAME":"y"}""", 400, "invalidSyntax"),
            ("POST", ScimSite.Users, """{"userName":"\ud800"}""", 400, "invalidSyntax"),
            ("POST", ScimSite.Users, "[]", 400, "invalidSyntax"),
            ("POST", ScimSite.Users, "{", 400, "invalidSyntax"),
            ("POST", ScimSite.Users, new string('[', 99), 400, "invalidSyntax"),
            ("POST", ScimSite.Groups, """{"displayName":"x","members":[{"value":"user:y"}]}""", 400, "invalidValue"),
            ("PUT", $"{ScimSite.Users}/user:nadia", """{"userName":"other"}""", 400, "mutability"),
            ("PATCH", $"{ScimSite.Users}/user:nadia", """{"Operations":[]}""", 400, "invalidSyntax"),
            ("PATCH", $"{ScimSite.Users}/user:ghost", """{"Operations":[{"op":"remove"}]}""", 404, null),
            ("GET", $"{ScimSite.Users}/group:urgences", null, 404, null),
            ("GET", $"{ScimSite.Users}/nadia", null, 404, null),
            ("DELETE", $"{ScimSite.Groups}/user:nadia", null, 404, null),
            ("GET", $"{ScimSite.Users}?filter=userName", null, 400, "invalidFilter"),
            ("GET", $"{ScimSite.Users}?startIndex=one", null, 400, "invalidValue"),
            ("GET", $"{ScimSite.Users}?attributes=nobody", null, 400, "invalidValue"),
            ("GET", "/scim/v2/Schemas?filter=id+pr", null, 403, null),
            ("GET", "/scim/v2/Nothing", null, 404, null),
            ("POST", "/scim/v2/Bulk", "{}", 404, null),
        ];

        foreach (var (method, path, body, status, kind) in cases)
        {
            var (answered, answer) = await _site.SendAsync(method, path, body);

            Assert.Equal((path, body, status), (path, body, (int)answered));
            Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", answer.GetProperty("schemas")[0].GetString());
            Assert.Equal(
                (path, body, kind),
                (path, body, answer.TryGetProperty("scimType", out var told) ? told.GetString() : null));
        }

        Assert.DoesNotContain(_site.Store.Read().Accounts, account => account.Id is "x" or "y" or "NADIA" or "Anna");
    }

    [Fact]
    public async Task A_body_of_another_type_and_one_that_is_too_large_are_refused()
    {
        var (type, _) = await _site.SendAsync("POST", ScimSite.Users, """{"userName":"x"}""", mediaType: "text/plain");
        var (size, _) = await _site.SendAsync(
            "POST",
            ScimSite.Users,
            $$"""{"userName":"{{new string('x', ServerLimits.BodyBytesMax)}}"}""");
        var (json, _) = await _site.SendAsync(
            "POST", ScimSite.Users, """{"USERNAME":"x"}""", mediaType: "application/json");

        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.Created),
            (type, size, json));
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_are_bounded()
    {
        foreach (var name in new[] { "b", "a", "c" })
        {
            await _site.AddUserAsync(name);
        }

        var first = await _site.DoAsync("GET", $"{ScimSite.Users}?count=2&attributes=userName");
        var next = await _site.DoAsync("GET", $"{ScimSite.Users}?startIndex=3&count=2&attributes=userName");
        var filtered = await _site.DoAsync(
            "GET", $"{ScimSite.Users}?filter=meta.created+pr&startIndex=2&count=2&excludedAttributes=meta");
        var none = await _site.DoAsync("GET", $"{ScimSite.Users}?count=-1&startIndex=-7");
        var beyond = await _site.DoAsync("GET", $"{ScimSite.Users}?startIndex=99999999999&count=9999");

        Assert.Equal("a anna", Names(first));
        Assert.Equal("b c", Names(next));
        Assert.Equal((6, 2, 3), (Total(first), first.GetProperty("itemsPerPage").GetInt32(), Start(next)));
        Assert.Equal(
            "schemas id userName",
            string.Join(
                ' ',
                first.GetProperty("Resources")[0].EnumerateObject().Select(property => property.Name)));
        Assert.Equal(("b c", 4), (Names(filtered), Total(filtered)));
        Assert.False(filtered.GetProperty("Resources")[0].TryGetProperty("meta", out _));
        Assert.Equal(("", 6, 1), (Names(none), Total(none), Start(none)));
        Assert.Equal(("", 6), (Names(beyond), Total(beyond)));
    }

    [Fact]
    public async Task What_is_left_out_of_a_replacement_lets_nobody_in_and_takes_nobody_out()
    {
        var nadia = await _site.AddUserAsync("nadia");
        var group = await _site.AddGroupAsync("urgences");
        await _site.PatchAsync(
            $"{ScimSite.Users}/{nadia}",
            """{"op":"replace","value":{"active":false,"title":"T"}}""");
        await _site.PatchAsync(
            $"{ScimSite.Groups}/{group}",
            """{"op":"add","value":{"members":[{"value":"user:nadia"}],"externalId":"7"}}""");

        var user = await _site.DoAsync("PUT", $"{ScimSite.Users}/{nadia}", """{"userName":"nadia"}""");
        var replaced = await _site.DoAsync("PUT", $"{ScimSite.Groups}/{group}", """{"displayName":"U"}""");
        var emptied = await _site.DoAsync("PUT", $"{ScimSite.Groups}/{group}", """{"displayName":"U","members":[]}""");

        Assert.False(user.GetProperty("active").GetBoolean());
        Assert.False(user.TryGetProperty("title", out _));
        Assert.Equal(1, replaced.GetProperty("members").GetArrayLength());
        Assert.False(replaced.TryGetProperty("externalId", out _));
        Assert.False(emptied.TryGetProperty("members", out _));
    }

    [Fact]
    public async Task A_name_with_any_letters_has_an_address()
    {
        var made = await _site.DoAsync("POST", ScimSite.Groups, """{"displayName":"Équipe / nuit 100%"}""");
        var location = new Uri(made.GetProperty("meta").GetProperty("location").GetString()!);
        var read = await _site.DoAsync("GET", location.PathAndQuery);

        Assert.Equal("Équipe / nuit 100%", read.GetProperty("displayName").GetString());
        Assert.Equal(made.GetProperty("id").GetString(), read.GetProperty("id").GetString());
    }

    [Fact]
    public async Task SCIM_says_what_it_is()
    {
        var service = await _site.DoAsync("GET", "/scim/v2/ServiceProviderConfig");
        var types = await _site.DoAsync("GET", "/scim/v2/ResourceTypes");
        var schemas = await _site.DoAsync("GET", "/scim/v2/Schemas");
        var user = await _site.DoAsync("GET", "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
        var group = await _site.DoAsync("GET", "/scim/v2/ResourceTypes/Group");
        var attributes = user.GetProperty("attributes").EnumerateArray()
            .ToDictionary(item => item.GetProperty("name").GetString()!, StringComparer.Ordinal);

        Assert.Equal(ScimLimits.PageCountMax, service.GetProperty("filter").GetProperty("maxResults").GetInt32());
        Assert.Equal((2, 2), (Total(types), Total(schemas)));
        Assert.Equal("/Groups", group.GetProperty("endpoint").GetString());
        Assert.Equal("immutable", attributes["userName"].GetProperty("mutability").GetString());
        Assert.False(attributes.ContainsKey("password"));
        Assert.Contains("password", user.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private static string Names(JsonElement list) => string.Join(
        ' ',
        list.GetProperty("Resources").EnumerateArray().Select(item => item.GetProperty("userName").GetString()));

    private static int Total(JsonElement list) => list.GetProperty("totalResults").GetInt32();

    private static int Start(JsonElement list) => list.GetProperty("startIndex").GetInt32();
}
