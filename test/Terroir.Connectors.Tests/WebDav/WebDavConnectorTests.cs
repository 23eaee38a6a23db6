using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

public sealed class WebDavConnectorTests : IAsyncLifetime
{
    private readonly WebDavConnector _connector = new();
    private readonly TestHost _host = new() { Secrets = { ["env:DAV"] = "p4ss:wört" } };
    private DavServer _server = null!;

    private SourceSettings Settings =>
        TestSettings.Of(("url", _server.Url), ("user", "terroir"), ("password", "env:DAV"));

    public async ValueTask InitializeAsync() => _server = await DavServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Files_of_all_folders_are_listed_in_order_and_fetched_as_they_are()
    {
        _server.MakeFolder("b");
        _server.MakeFolder("b/c");
        _server.Put("b/c/z.md", "zed");
        _server.Put("b/a.md", "alpha");
        _server.Put("a.md", "first", fileId: "17");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var listing = await connection.ListNowAsync();

        Assert.True(listing.IsComplete);
        Assert.Null(listing.Cursor);
        Assert.Equal(["a.md", "b/a.md", "b/c/z.md"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal("fileid:17", listing.Items[0].Identity);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 7, 0, 0, TimeSpan.Zero), listing.Items[0].ModifiedAt);
        var fetched = await connection.FetchNowAsync(listing.Items[2]);
        Assert.Equal(FetchVerdict.Fetched, fetched.Verdict);
        Assert.Equal("zed", Encoding.UTF8.GetString(fetched.Content.Span));
        Assert.Equal(listing.Items[2], fetched.Item);
    }

    [Theory]
    [InlineData("Bloc%20op%C3%A9ratoire/R%C3%A9sum%C3%A9.md", "Bloc opératoire/Résumé.md")]
    [InlineData("a%2Bb/100%25.md", "a+b/100%.md")]
    [InlineData("x/100%25AB.md", "x/100%25AB.md")]
    [InlineData("x%21/caf%E9.md", "x%21/caf%E9.md")]
    [InlineData("x/e%CC%81.md", "x/e\u0301.md")]
    [InlineData("x/a%3Fb%23c%3B.md", "x/a?b#c;.md")]
    public async Task A_name_is_told_as_text_and_asked_for_byte_by_byte(string address, string path)
    {
        _server.MakeFolder(address.Split('/')[0]);
        _server.Put(address, "text");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var item = Assert.Single((await connection.ListNowAsync()).Items);

        Assert.Equal(path, item.Path);
        Assert.Equal(FetchVerdict.Fetched, (await connection.FetchNowAsync(item)).Verdict);
        Assert.Contains($"GET /dav/{address}", _server.Requests, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Names_that_folders_leave_out_are_left_out_here_too()
    {
        _server.MakeFolder(".git");
        _server.Put(".git/config", "x");
        _server.Put("~$plan.docx", "x");
        _server.Put("a.tmp", "x");
        _server.Put("permissions.yaml", "allow: [everyone]");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var listing = await connection.ListNowAsync();

        Assert.Equal(["permissions.yaml"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal((1, 2), (listing.Ignored.HiddenCount, listing.Ignored.TemporaryCount));
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_listed_is_fetched_as_it_is_now()
    {
        _server.Put("a.md", "old");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);
        var item = (await connection.ListNowAsync()).Items[0];
        _server.Put("a.md", "newer");

        var fetched = await connection.FetchNowAsync(item);

        Assert.Equal("newer", Encoding.UTF8.GetString(fetched.Content.Span));
        Assert.NotEqual(item.Fingerprint, fetched.Item.Fingerprint, StringComparer.Ordinal);
        Assert.Equal((await connection.ListNowAsync()).Items[0], fetched.Item);
    }

    [Fact]
    public async Task A_weak_tag_names_a_file_all_the_same()
    {
        _server.Put("a.md", "text", tag: "W/\"5\"");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);
        var item = (await connection.ListNowAsync()).Items[0];

        var fetched = await connection.FetchNowAsync(item);
        _server.Put("a.md", "text", tag: "\"5\"");

        Assert.Equal((FetchVerdict.Fetched, item), (fetched.Verdict, fetched.Item));
        Assert.Equal(item, (await connection.ListNowAsync()).Items[0]);
    }

    [Fact]
    public async Task A_file_that_is_gone_or_too_large_or_refused_is_told_as_such()
    {
        _server.Put("a.md", "text");
        _server.Put("b.md", "12345");
        _server.Put("c.md", "text");
        _server.Instead["/dav/c.md"] = context => Answer(context, 403);
        await using var connection = await _connector.OpenNowAsync(Settings, _host);
        var items = (await connection.ListNowAsync()).Items;
        _server.Delete("a.md");

        Assert.Equal(FetchVerdict.Gone, (await connection.FetchNowAsync(items[0])).Verdict);
        Assert.Equal(FetchVerdict.TooLarge, (await connection.FetchNowAsync(items[1], sizeMaxBytes: 4)).Verdict);
        Assert.Equal(FetchVerdict.Fetched, (await connection.FetchNowAsync(items[1], sizeMaxBytes: 5)).Verdict);
        var refused = await connection.FetchNowAsync(items[2]);
        Assert.Equal(FetchVerdict.Refused, refused.Verdict);
        Assert.Equal(new Remark(RemarkCode.FetchRefused, "403"), refused.Advice);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_entered_is_told_and_the_rest_goes_on()
    {
        _server.MakeFolder("rh");
        _server.Put("rh/a.md", "x");
        _server.Put("b.md", "x");
        _server.Instead["/dav/rh/"] = context => Answer(context, 403);
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var listing = await connection.ListNowAsync();

        Assert.Equal(["b.md"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal("rh/", Assert.Single(listing.Unread).Path);
    }

    [Fact]
    public async Task Changes_since_a_token_are_told_in_parts_until_there_is_no_more()
    {
        _server.HasChanges = true;
        _server.ReportSizeMax = 2;
        _server.Put("a.md", "x");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);
        var first = await connection.ListNowAsync();
        _server.Put("a.md", "y");
        _server.MakeFolder("f");
        _server.Put("f/b.md", "z");
        _server.Put("c.md", "z");

        var second = await connection.ListNowAsync(first.Cursor);
        var third = await connection.ListNowAsync(second.Cursor);

        Assert.Equal((true, false, false), (first.IsComplete, second.IsComplete, third.IsComplete));
        Assert.Equal(["a.md", "c.md", "f/b.md"], second.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Empty(third.Items);
    }

    [Fact]
    public async Task A_report_that_tells_of_something_gone_is_answered_with_all()
    {
        _server.HasChanges = true;
        _server.MakeFolder("f");
        _server.Put("f/b.md", "z");
        _server.Put("a.md", "x");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);
        var first = await connection.ListNowAsync();
        _server.Delete("f/b.md");
        _server.Delete("f");

        var second = await connection.ListNowAsync(first.Cursor);

        Assert.True(second.IsComplete);
        Assert.Equal(["a.md"], second.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.False((await connection.ListNowAsync(second.Cursor)).IsComplete);
    }

    [Theory]
    [InlineData("urn:token:1")]
    [InlineData("nonsense <&")]
    public async Task A_token_that_the_server_does_not_know_is_answered_with_all(string cursor)
    {
        _server.HasChanges = true;
        _server.TokenMin = 2;
        _server.Put("a.md", "x");
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var listing = await connection.ListNowAsync(cursor);

        Assert.True(listing.IsComplete);
        Assert.Single(listing.Items);
    }

    [Fact]
    public async Task A_redirect_is_followed_on_the_same_server_only()
    {
        await using var other = await DavServer.StartAsync();
        other.User = null;
        other.Put("a.md", "stolen");
        _server.Put("a.md", "x");
        _server.Instead["/far/"] = context => Answer(context, 301, other.Url);
        var near = TestSettings.Of(
            ("url", _server.Url.Replace("/dav/", "/near/", StringComparison.Ordinal)),
            ("user", "terroir"),
            ("password", "env:DAV"));
        _server.Instead["/near/"] = context => Answer(context, 308, "/dav/");
        var far = TestSettings.Of(
            ("url", _server.Url.Replace("/dav/", "/far/", StringComparison.Ordinal)),
            ("user", "terroir"),
            ("password", "env:DAV"));

        var steps = await _connector.TryAsync(near, _host);
        await using var connection = await _connector.OpenNowAsync(far, _host);
        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => connection.ListNowAsync());

        AssertFails(steps, "another address");
        Assert.Contains("PROPFIND /dav/", _server.Requests, StringComparer.Ordinal);
        Assert.Contains("another server", fault.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><d:multistatus xmlns:d='DAV:'>&a;</d:multistatus>")]
    [InlineData("<d:multistatus xmlns:d='DAV:'><d:response>")]
    [InlineData("<html/>")]
    [InlineData("")]
    public async Task An_answer_that_is_no_sound_XML_stops_with_advice(string body)
    {
        _server.Instead["/dav/"] = async context =>
        {
            context.Response.StatusCode = 207;
            await context.Response.WriteAsync(body, context.RequestAborted);
        };
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => connection.ListNowAsync());

        Assert.Contains("'url'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_says_how_long()
    {
        _server.Instead["/dav/"] = context =>
        {
            context.Response.Headers.RetryAfter = "120";
            return Answer(context, 503);
        };
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => connection.ListNowAsync());

        Assert.True(fault.IsTransient);
        Assert.Equal(TimeSpan.FromMinutes(2), fault.RetryAfter);
    }

    [Fact]
    public async Task Addresses_outside_of_the_folder_are_left_out_and_reported()
    {
        _server.Instead["/dav/"] = async context =>
        {
            context.Response.StatusCode = 207;
            await context.Response.WriteAsync(
                Multistatus(
                    "/dav/",
                    "/other/a.md",
                    "/dav/deep/er.md",
                    "/dav/x%2Fy.md",
                    "/dav/../etc/passwd",
                    "/dav/ok.md"),
                context.RequestAborted);
        };
        await using var connection = await _connector.OpenNowAsync(Settings, _host);

        var listing = await connection.ListNowAsync();

        Assert.Equal(["ok.md"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Single(listing.Problems);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong()
    {
        var wrong = new TestHost { Secrets = { ["env:DAV"] = "other" } };
        var nowhere = TestSettings.Of(("url", _server.Url + "none/"), ("user", "terroir"), ("password", "env:DAV"));
        var closed = TestSettings.Of(
            ("url", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/")));
        var plain = TestSettings.Of(("url", _server.Url.Replace("http:", "https:", StringComparison.Ordinal)));

        Assert.All(await _connector.TryAsync(Settings, _host), step => Assert.True(step.IsPassed, step.Message));
        AssertFails(await _connector.TryAsync(Settings, wrong), "password");
        AssertFails(await _connector.TryAsync(Settings, new TestHost()), "no such secret");
        AssertFails(await _connector.TryAsync(nowhere, _host), "no such folder");
        AssertFails(await _connector.TryAsync(closed, _host), "nothing listens");
        AssertFails(await _connector.TryAsync(plain, _host), "TLS");
    }

    // The one test that asks a server of names: eng/long/97-no-network.sh leaves it out.
    [Fact]
    public async Task A_trial_says_that_nobody_has_the_name()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariables().Contains("TERROIR_TESTS_WITHOUT_DNS"),
            "Nothing may ask a server of names here.");
        var unknown = TestSettings.Of(("url", "https://no-such-host.invalid/"));

        AssertFails(await _connector.TryAsync(unknown, _host), "DNS");
    }

    [Theory]
    [InlineData("ftp://a/", "https://")]
    [InlineData("http://cloud.example.org/", "for all to read")]
    [InlineData("https://ana:secret@cloud.example.org/", "without user")]
    [InlineData("", "missing")]
    public void An_address_that_cannot_be_used_is_a_fault(string url, string words)
    {
        var faults = _connector.Check(TestSettings.Of(("url", url), ("user", "u"), ("password", "env:P")));

        Assert.Contains(words, Assert.Single(faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_stands_in_the_settings_is_a_fault_that_does_not_repeat_it()
    {
        var faults = _connector.Check(
            TestSettings.Of(("url", _server.Url), ("user", "u"), ("password", "hunter2"), ("passwrd", "x")));

        Assert.Equal(["passwrd", "password"], faults.Select(fault => fault.Name), StringComparer.Ordinal);
        Assert.DoesNotContain(
            "hunter2",
            string.Concat(faults.Select(fault => fault.Problem)),
            StringComparison.Ordinal);
    }

    private static string Multistatus(params string[] addresses) =>
        "<d:multistatus xmlns:d='DAV:'>" + string.Concat(addresses.Select((address, index) =>
            $"<d:response><d:href>{address}</d:href><d:propstat><d:prop><d:resourcetype>"
            + $"{(index == 0 ? "<d:collection/>" : "")}</d:resourcetype><d:getetag>\"1\"</d:getetag></d:prop>"
            + "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>")) + "</d:multistatus>";

    private static void AssertFails(List<ConnectionStep> steps, string words)
    {
        Assert.False(steps[^1].IsPassed);
        Assert.All(steps.SkipLast(1), step => Assert.True(step.IsPassed));
        Assert.Contains(words, steps[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", steps[^1].Message, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task Answer(HttpContext context, int status, string? location = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
