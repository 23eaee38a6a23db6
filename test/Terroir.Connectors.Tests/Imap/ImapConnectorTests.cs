using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

public sealed class ImapConnectorTests : IAsyncDisposable
{
    private const string Text = "Subject: Garde\r\n\r\nLa garde commence à 20 h.\r\n";

    private readonly ImapConnector _connector = new();
    private readonly TestHost _host = new() { Secrets = { ["env:IMAP"] = "s3cret" } };
    private readonly MailServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_mail_of_the_chosen_folders_is_an_item_and_comes_as_it_was_sent()
    {
        var inbox = _server.Add("INBOX");
        inbox.Add(Text);
        _server.Add("Archives/2026").Add("Subject: old\r\n\r\nx");
        _server.Add("Archives/Brouillons").Add("draft");
        _server.Add("Trash").Add("y");
        await using var connection = await OpenAsync(("folders", "INBOX, Archives/*"), ("without", "*/Brouillons"));

        var listing = await connection.ListNowAsync();
        var fetched = await connection.FetchNowAsync(listing.Items[1]);

        Assert.Equal(
            ["Archives/2026/77.1.eml", "INBOX/77.1.eml"],
            listing.Items.Select(item => item.Path),
            StringComparer.Ordinal);
        Assert.True(listing.IsComplete);
        Assert.Null(listing.Cursor);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 7, 0, 0, TimeSpan.Zero), listing.Items[1].ModifiedAt);
        Assert.Equal(FetchVerdict.Fetched, fetched.Verdict);
        Assert.Equal(Text, Encoding.UTF8.GetString(fetched.Content.Span));
    }

    [Fact]
    public async Task Nothing_is_marked_as_seen_and_nothing_is_changed()
    {
        _server.Add("INBOX").Add(Text);
        await using (var connection = await OpenAsync())
        {
            await connection.FetchNowAsync((await connection.ListNowAsync()).Items[0]);
        }

        Assert.All(_server.Commands, command => Assert.Matches(
            "^(CAPABILITY|LOGIN|NAMESPACE|NOOP|LIST|ENABLE|EXAMINE|FETCH|UID FETCH|LOGOUT)",
            command));
        Assert.Contains(_server.Commands, command => command.Contains("BODY.PEEK[]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_is_marked_as_deleted_is_gone()
    {
        var inbox = _server.Add("INBOX");
        inbox.Add(Text, "\\Deleted \\Seen");
        inbox.Add(Text, "\\Seen");
        await using var connection = await OpenAsync();

        Assert.Equal(
            ["INBOX/77.2.eml"],
            (await connection.ListNowAsync()).Items.Select(item => item.Path),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_server_that_tells_changes_is_asked_for_them_alone()
    {
        _server.TellsChanges = true;
        var inbox = _server.Add("INBOX");
        var (first, second, _) = (inbox.Add(Text), inbox.Add(Text), inbox.Add(Text));
        await using var connection = await OpenAsync(("folders", "*"));
        var before = await connection.ListNowAsync();
        inbox.Remove(first);
        inbox.Flag(second, "\\Deleted");
        inbox.Add("Subject: new\r\n\r\nx");
        _server.Add("Projets").Add(Text);

        var after = await connection.ListNowAsync(before.Cursor);
        var none = await connection.ListNowAsync(after.Cursor);

        Assert.Equal((true, false, false), (before.IsComplete, after.IsComplete, none.IsComplete));
        Assert.Equal(
            ["INBOX/77.4.eml", "Projets/77.1.eml"],
            after.Items.Select(item => item.Path),
            StringComparer.Ordinal);
        Assert.Equal(["INBOX/77.1.eml", "INBOX/77.2.eml"], after.Gone);
        Assert.Empty(none.Items);
        Assert.Empty(none.Gone);
    }

    [Theory]
    [InlineData("renumbered")]
    [InlineData("removed")]
    [InlineData("nonsense")]
    public async Task A_state_that_the_server_does_not_know_is_answered_with_all(string what)
    {
        _server.TellsChanges = true;
        _server.Add("INBOX").Add(Text);
        _server.Add("Projets").Add(Text);
        await using var connection = await OpenAsync(("folders", "*"));
        var cursor = (await connection.ListNowAsync()).Cursor;
        switch (what)
        {
            case "renumbered":
                _server.Folders["Projets"].Validity = 78;
                break;
            case "removed":
                _server.Folders.Remove("Projets");
                break;
            default:
                cursor = "1\nINBOX";
                break;
        }

        var listing = await connection.ListNowAsync(cursor);

        Assert.True(listing.IsComplete);
        Assert.Equal("INBOX/77.1.eml", listing.Items[0].Path);
        Assert.Equal(what is "removed" ? 1 : 2, listing.Items.Count);
    }

    [Fact]
    public async Task A_folder_that_the_server_does_not_open_is_told_and_the_rest_goes_on()
    {
        _server.TellsChanges = true;
        _server.Add("INBOX").Add(Text);
        _server.Add("RH").IsClosed = true;
        await using var connection = await OpenAsync(("folders", "*"));

        var listing = await connection.ListNowAsync();

        Assert.Single(listing.Items);
        Assert.Equal("RH/", Assert.Single(listing.Unread).Path);
        Assert.Null(listing.Cursor);
    }

    [Fact]
    public async Task A_mail_that_is_gone_or_too_large_is_told_as_such()
    {
        var inbox = _server.Add("INBOX");
        var mail = inbox.Add(Text);
        var liar = inbox.Add("Subject: much\r\n\r\n" + new string('x', 100));
        liar.SizeTold = 10;
        await using var connection = await OpenAsync();
        var items = (await connection.ListNowAsync()).Items;
        inbox.Mails.Remove(mail);

        Assert.Equal(FetchVerdict.Gone, (await connection.FetchNowAsync(items[0])).Verdict);
        Assert.Equal(FetchVerdict.TooLarge, (await connection.FetchNowAsync(items[1], sizeMaxBytes: 9)).Verdict);
        Assert.Equal(FetchVerdict.TooLarge, (await connection.FetchNowAsync(items[1], sizeMaxBytes: 50)).Verdict);
        inbox.Validity = 78;
        await connection.ListNowAsync();
        Assert.Equal(FetchVerdict.Gone, (await connection.FetchNowAsync(items[1])).Verdict);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_opened_anew_by_the_next_call()
    {
        _server.Add("INBOX").Add(Text);
        _server.BreaksAt["UID"] = 1;
        await using var connection = await OpenAsync();
        var item = (await connection.ListNowAsync()).Items[0];

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => connection.FetchNowAsync(item).AsTask());
        var fetched = await connection.FetchNowAsync(item);

        Assert.True(fault.IsTransient);
        Assert.Equal(FetchVerdict.Fetched, fetched.Verdict);
        Assert.Equal(2, _host.ConnectCount);
    }

    [Fact]
    public async Task Mails_are_fetched_from_several_threads_at_once()
    {
        var inbox = _server.Add("INBOX");
        for (var count = 0; count < 20; count++)
        {
            inbox.Add($"Subject: {count}\r\n\r\nx");
        }

        await using var connection = await OpenAsync();
        var items = (await connection.ListNowAsync()).Items;

        var texts = await Task.WhenAll(items.Select(async item =>
            Encoding.UTF8.GetString((await connection.FetchNowAsync(item)).Content.Span)));

        Assert.Equal(20, texts.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_certificate_is_believed_only_if_the_authority_that_was_set_signed_it_for_that_name()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(100));
        using var usable = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        _server.Certificate = usable;
        _server.Add("INBOX").Add(Text);
        var file = Path.Combine(Path.GetTempPath(), $"terroir-ca-{_server.Port}.pem");
        await File.WriteAllTextAsync(file, made.ExportCertificatePem(), TestContext.Current.CancellationToken);
        try
        {
            var unknown = await TryAsync(("host", "localhost"), ("security", "tls"));
            var other = await TryAsync(("host", "127.0.0.1"), ("security", "tls"), ("ca-file", file));
            var right = await TryAsync(("host", "localhost"), ("security", "tls"), ("ca-file", file));

            Assert.Contains("'ca-file'", unknown[^1].Message, StringComparison.Ordinal);
            Assert.Contains("not for '127.0.0.1'", other[^1].Message, StringComparison.Ordinal);
            Assert.All(right, step => Assert.True(step.IsPassed, step.Message));
            Assert.Equal(4, right.Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong()
    {
        _server.Add("INBOX").Add(Text);

        Assert.All(await TryAsync(), step => Assert.True(step.IsPassed, step.Message));
        Assert.Contains(
            "starttls",
            (await FailAsync(("security", "starttls"))).ToLowerInvariant(),
            StringComparison.Ordinal);
        Assert.Contains("TLS", await FailAsync(("security", "tls")), StringComparison.Ordinal);
        Assert.Contains("INBOX", await FailAsync(("folders", "Inbox")), StringComparison.Ordinal);
        _server.Password = "other";
        Assert.Contains("password", await FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_never_goes_over_a_network_in_the_clear()
    {
        var faults = _connector.Check(TestSettings.Of(
            ("host", "mail.example.org"), ("user", "ana"), ("password", "env:IMAP"), ("security", "none")));

        Assert.Equal("security", Assert.Single(faults).Name);
    }

    [Theory]
    [InlineData("INBOX", '/', "INBOX")]
    [InlineData("Projets.Lits/2026", '.', "Projets/Lits%2F2026")]
    [InlineData("Urgent!/Été", '/', "Urgent%21/Été")]
    public void A_folder_has_a_path_of_its_own(string name, char separator, string path)
    {
        Assert.Equal(path, ImapPath.OfFolder(name, separator));
        Assert.Equal((path, 5u, 7u), ImapPath.TryParse(ImapPath.OfMail(path, 5, 7)));
    }

    private async Task<string> FailAsync(params (string Name, string Value)[] values)
    {
        var steps = await TryAsync(values);
        Assert.False(steps[^1].IsPassed);
        Assert.DoesNotContain("s3cret", steps[^1].Message, StringComparison.Ordinal);
        return steps[^1].Message;
    }

    private Task<List<ConnectionStep>> TryAsync(params (string Name, string Value)[] values) =>
        _connector.TryAsync(Settings(values), _host);

    private Task<ISourceConnection> OpenAsync(params (string Name, string Value)[] values) =>
        _connector.OpenNowAsync(Settings(values), _host);

    private SourceSettings Settings((string Name, string Value)[] values) => TestSettings.Of(
    [
        .. new (string Name, string Value)[]
        {
            ("host", "127.0.0.1"),
            ("port", _server.Port.ToString(CultureInfo.InvariantCulture)),
            ("security", "none"),
            ("user", "ana"),
            ("password", "env:IMAP"),
        }.ExceptBy(values.Select(value => value.Name), pair => pair.Name, StringComparer.Ordinal),
        .. values,
    ]);
}
