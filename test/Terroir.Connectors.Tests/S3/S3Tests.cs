using System.Text;
using Microsoft.AspNetCore.Http;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>Buckets that are paged, busy, moved, half sent, or that refuse.</summary>
public sealed class S3Tests : IAsyncLifetime
{
    private readonly S3Connector _connector = new();
    private readonly TestHost _host = NewHost();
    private S3Server _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SourceSettings Settings => SettingsFor(_server.Url);

    public async ValueTask InitializeAsync() => _server = await S3Server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Pages_are_followed_to_the_end_and_every_connection_is_opened_by_the_host()
    {
        _server.PageSize = 7;
        for (var number = 0; number < 30; number++)
        {
            Put($"{number:00}.txt", "x");
        }

        await using var source = await _connector.OpenNowAsync(Settings, _host);

        Assert.Equal(30, (await source.ListNowAsync()).Items.Count);
        Assert.Equal(5, _server.Requests.Count);
        Assert.InRange(_host.ConnectCount, 1, 5);
    }

    [Fact]
    public async Task What_folders_leave_out_is_left_out_here_too()
    {
        string[] keys = ["a.md", "dossier/", ".git/config", "rh/.cache", "~$a.docx", "b.TMP", "permissions.yaml"];
        foreach (var key in keys)
        {
            Put(key, "x");
        }

        await using var source = await _connector.OpenNowAsync(Settings, _host);

        var listing = await source.ListNowAsync();

        Assert.Equal(["a.md", "permissions.yaml"], listing.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal((2, 2), (listing.Ignored.HiddenCount, listing.Ignored.TemporaryCount));
    }

    [Fact]
    public async Task A_key_that_can_be_no_path_is_told_and_one_that_looks_like_an_archive_is_read()
    {
        Put("a//b.md", "x");
        Put("../c.md", "x");
        Put("a.zip!/d.md", "quatre");
        await using var source = await _connector.OpenNowAsync(Settings, _host);

        var listing = await source.ListNowAsync();
        var fetched = await source.FetchNowAsync(Assert.Single(listing.Items));

        Assert.Equal(["../c.md", "a//b.md"], listing.Problems.Select(problem => problem.Path), StringComparer.Ordinal);
        Assert.Equal("a.zip%21/d.md", fetched.Item.Path);
        Assert.Equal("quatre", Encoding.UTF8.GetString(fetched.Content.Span));
    }

    [Theory]
    [InlineData(403, "InvalidAccessKeyId", false, "access-key")]
    [InlineData(403, "SignatureDoesNotMatch", false, "secret-key")]
    [InlineData(400, "ExpiredToken", false, "run out")]
    [InlineData(403, "RequestTimeTooSkewed", false, "clock")]
    [InlineData(404, "NoSuchBucket", false, "bucket")]
    [InlineData(403, "AccessDenied", false, "may not list")]
    [InlineData(400, "AuthorizationHeaderMalformed", false, "region")]
    [InlineData(503, "SlowDown", true, "busy")]
    [InlineData(500, "InternalError", true, "busy")]
    [InlineData(429, "TooManyRequests", true, "busy")]
    public async Task What_the_server_refuses_is_explained(int status, string code, bool isTransient, string word)
    {
        Put("a.md", "x");
        _server.Meddle = async (context, _) =>
        {
            context.Response.Headers.RetryAfter = "17";
            await S3Server.RefuseAsync(context, status, code);
            return true;
        };
        await using var source = await _connector.OpenNowAsync(Settings, _host);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());

        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Equal(isTransient ? TimeSpan.FromSeconds(17) : null, failure.RetryAfter);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("secret-key", "env:OTHER", "secret-key")]
    [InlineData("access-key", "env:OTHER", "access-key")]
    [InlineData("region", "us-east-1", "region")]
    [InlineData("bucket", "autre", "bucket")]
    public async Task Settings_that_are_wrong_are_named_by_a_trial(string name, string value, string word)
    {
        Put("a.md", "x");
        _host.Secrets["env:OTHER"] = "autre-chose";

        var steps = await _connector.TryAsync(SettingsFor(_server.Url, (name, value)), _host);

        Assert.False(steps[^1].IsPassed);
        Assert.Contains(word, steps[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("autre-chose", steps[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_ends_carries_its_token()
    {
        _server.Session = "jeton";
        Put("a.md", "x");
        _host.Secrets["env:TOKEN"] = "jeton";
        await using (var source = await _connector.OpenNowAsync(
            SettingsFor(_server.Url, ("session-token", "env:TOKEN")),
            _host))
        {
            Assert.Single((await source.ListNowAsync()).Items);
        }

        _server.Session = "un autre";
        await using var late = await _connector.OpenNowAsync(
            SettingsFor(_server.Url, ("session-token", "env:TOKEN")),
            _host);

        Assert.Contains(
            "run out",
            (await Assert.ThrowsAsync<SourceUnavailableException>(() => late.ListNowAsync())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_tried_again_later()
    {
        var fetched = await FetchAsync(async context =>
        {
            context.Response.ContentLength = 1_000;
            await context.Response.Body.WriteAsync(new byte[500], Stop);
            await context.Response.Body.FlushAsync(Stop);
        });

        Assert.Equal((FetchVerdict.Unstable, 0), (fetched.Verdict, fetched.Content.Length));
    }

    [Fact]
    public async Task A_body_that_is_shorter_or_longer_than_was_said_is_not_taken()
    {
        var fetched = await FetchAsync(async context =>
        {
            // Without a length the end of the connection is the end of the body.
            context.Response.Headers.Connection = "close";
            await context.Response.Body.WriteAsync(new byte[500], Stop);
        });

        Assert.NotEqual(FetchVerdict.Fetched, fetched.Verdict);
    }

    [Fact]
    public async Task An_object_that_is_said_to_be_huge_is_refused_before_it_is_loaded()
    {
        var fetched = await FetchAsync(async context =>
        {
            context.Response.ContentLength = 5L << 40;
            await context.Response.StartAsync(Stop);
            await context.Response.Body.FlushAsync(Stop);
        });

        Assert.NotEqual(FetchVerdict.Fetched, fetched.Verdict);
        Assert.Equal(0, fetched.Content.Length);
    }

    [Fact]
    public async Task An_object_in_the_servers_archive_is_refused_alone()
    {
        var fetched = await FetchAsync(context => S3Server.RefuseAsync(context, 403, "InvalidObjectState"));

        Assert.Equal(FetchVerdict.Refused, fetched.Verdict);
        Assert.Equal(new Remark(RemarkCode.ObjectArchived), fetched.Advice);
    }

    [Fact]
    public async Task A_busy_server_is_told_with_its_wait_while_an_object_is_fetched()
    {
        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => FetchAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3";
            return S3Server.RefuseAsync(context, 503, "SlowDown");
        }));

        Assert.Equal((true, TimeSpan.FromSeconds(3)), (failure.IsTransient, failure.RetryAfter));
    }

    [Fact]
    public async Task A_listing_without_an_end_is_not_taken_for_the_whole()
    {
        _server.Meddle = async (context, _) =>
        {
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(
                "<ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>",
                Stop);
            return true;
        };
        await using var source = await _connector.OpenNowAsync(Settings, _host);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());
    }

    [Fact]
    public async Task An_answer_that_is_no_listing_is_not_taken_for_an_empty_one()
    {
        _server.Meddle = async (context, _) =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><body>Portail</body></html>", Stop);
            return true;
        };
        await using var source = await _connector.OpenNowAsync(Settings, _host);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ListNowAsync());
    }

    [Theory]
    [InlineData("endpoint", "http://s3.chu.example")]
    [InlineData("endpoint", "https://moi:mdp@s3.chu.example")]
    [InlineData("endpoint", "s3.chu.example")]
    [InlineData("endpoint", "https://s3.chu.example/soins")]
    [InlineData("bucket", "S")]
    [InlineData("bucket", "a/b")]
    [InlineData("prefix", "/rh")]
    [InlineData("path-style", "oui")]
    [InlineData("secret-key", "wJalrXUtnFEMI")]
    [InlineData("couleur", "bleu")]
    public void Settings_that_cannot_be_used_are_found(string name, string value)
    {
        var fault = Assert.Single(_connector.Check(SettingsFor(_server.Url, (name, value))));

        Assert.Equal(name, fault.Name);
        Assert.DoesNotContain("wJalrXUtnFEMI", fault.Problem, StringComparison.Ordinal);
    }

    internal static TestHost NewHost() => new()
    {
        Secrets = { ["env:ID"] = S3Server.Id, ["env:SECRET"] = S3Server.Secret },
    };

    internal static SourceSettings SettingsFor(string url, params (string Name, string Value)[] others)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["endpoint"] = url,
            ["bucket"] = S3Server.Bucket,
            ["region"] = S3Server.Region,
            ["access-key"] = "env:ID",
            ["secret-key"] = "env:SECRET",
        };
        foreach (var (name, value) in others)
        {
            values[name] = value;
        }

        return new SourceSettings("test", values);
    }

    private async Task<FetchedItem> FetchAsync(Func<HttpContext, Task> answerAsync)
    {
        Put("a.md", "x");
        _server.Meddle = async (context, key) =>
        {
            if (key.Length == 0)
            {
                return false;
            }

            context.Response.Headers.ETag = context.Request.Headers.IfMatch;
            await answerAsync(context);
            return true;
        };
        await using var source = await _connector.OpenNowAsync(Settings, _host);
        return await source.FetchNowAsync(Assert.Single((await source.ListNowAsync()).Items));
    }

    private void Put(string key, string text) => _server.Put(key, Encoding.UTF8.GetBytes(text));
}
