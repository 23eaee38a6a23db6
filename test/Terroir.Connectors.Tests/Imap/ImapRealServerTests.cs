using System.Globalization;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>Dovecot, by TLS.</summary>
public sealed class ImapRealServerTests
{
    private readonly ImapConnector _connector = new();
    private readonly TestHost _host = new() { Secrets = { ["env:IMAP"] = "s3cret" } };

    [Fact]
    public async Task Mails_come_as_they_were_sent_and_what_changed_is_told_alone()
    {
        var token = TestContext.Current.CancellationToken;
        using var writer = await SignInAsync("ana");
        var folder = (await writer.GetFolder(writer.PersonalNamespaces[0]).CreateAsync("Qualité", true, token))!;
        await folder.OpenAsync(FolderAccess.ReadWrite, token);
        var uids = new List<UniqueId>();
        for (var count = 0; count < 5; count++)
        {
            uids.Add((await folder.AppendAsync(Mail(count), MessageFlags.None, token))!.Value);
        }

        await using var connection = await _connector.OpenNowAsync(Settings(("user", "ana"), ("folders", "*")), _host);
        var all = await connection.ListNowAsync();
        var fetched = await connection.FetchNowAsync(all.Items[1]);
        await folder.AddFlagsAsync(uids[0], MessageFlags.Deleted, silent: true, token);
        await folder.ExpungeAsync(token);
        await folder.AddFlagsAsync(uids[1], MessageFlags.Deleted, silent: true, token);
        await folder.AppendAsync(Mail(9), MessageFlags.None, token);
        var changes = await connection.ListNowAsync(all.Cursor);
        await folder.CheckAsync(token);

        Assert.Equal((true, false), (all.IsComplete, changes.IsComplete));
        Assert.Equal(5, all.Items.Count);
        Assert.All(all.Items, item => Assert.StartsWith("Qualité/", item.Path, StringComparison.Ordinal));
        Assert.Contains("Corps à 1", Encoding.UTF8.GetString(fetched.Content.Span), StringComparison.Ordinal);
        Assert.Equal(all.Items[1].SizeBytes, fetched.Content.Length);
        Assert.Equal([all.Items[0].Path, all.Items[1].Path], changes.Gone);
        Assert.EndsWith(".6.eml", Assert.Single(changes.Items).Path, StringComparison.Ordinal);
        var seen = await folder.FetchAsync(0, -1, MessageSummaryItems.Flags, token);
        Assert.DoesNotContain(seen, mail => mail.Flags!.Value.HasFlag(MessageFlags.Seen));
    }

    [Fact]
    public async Task A_folder_that_was_renamed_is_answered_with_all()
    {
        var token = TestContext.Current.CancellationToken;
        using var writer = await SignInAsync("max");
        var folder = (await writer.GetFolder(writer.PersonalNamespaces[0]).CreateAsync("Avant", true, token))!;
        await folder.AppendAsync(Mail(1), MessageFlags.None, token);
        await using var connection = await _connector.OpenNowAsync(Settings(("user", "max"), ("folders", "*")), _host);
        var before = await connection.ListNowAsync();
        await folder.RenameAsync(writer.GetFolder(writer.PersonalNamespaces[0]), "Après", token);

        var after = await connection.ListNowAsync(before.Cursor);

        Assert.True(after.IsComplete);
        Assert.StartsWith("Après/", Assert.Single(after.Items).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong()
    {
        Assert.All(await _connector.TryAsync(Settings(), _host), step => Assert.True(step.IsPassed, step.Message));
        var upgraded = await _connector.TryAsync(
            Settings(("security", "starttls"), ("port", RealServers.Find("TERROIR_IMAP_STARTTLS_PORT"))),
            _host);
        Assert.All(upgraded, step => Assert.True(step.IsPassed, step.Message));
        await FailAsync("not for '127.0.0.1'", ("host", "127.0.0.1"));
        await FailAsync("INBOX", ("folders", "Nulle part"));
        _host.Secrets["env:IMAP"] = "wrong";
        await FailAsync("refuses the user or the password");
    }

    [Fact]
    public async Task STARTTLS_believes_only_the_authority_that_was_set()
    {
        var settings = Settings(("security", "starttls"), ("port", RealServers.Find("TERROIR_IMAP_STARTTLS_PORT")));
        var without = settings with
        {
            Values = settings.Values.Where(pair => pair.Key is not "ca-file").ToDictionary(StringComparer.Ordinal),
        };

        var steps = await _connector.TryAsync(without, _host);

        Assert.Contains("'ca-file'", steps[^1].Message, StringComparison.Ordinal);
        Assert.False(steps[^1].IsPassed);
    }

    private static MimeMessage Mail(int number)
    {
        var body = new TextPart("plain")
        {
            Text = $"Corps à {number}",
            ContentTransferEncoding = ContentEncoding.EightBit,
        };
        var mail = new MimeMessage { Subject = $"Garde {number}", Body = body };
        mail.From.Add(new MailboxAddress("Ana", "ana@example.org"));
        return mail;
    }

    private static async Task<ImapClient> SignInAsync(string user)
    {
        var trust = ServerTrust.Load("localhost", RealServers.Find("TERROIR_SOURCES_CA"));
        var client = new ImapClient
        {
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = trust.Check,
        };
        var port = int.Parse(RealServers.Find("TERROIR_IMAP_PORT"), CultureInfo.InvariantCulture);
        await client.ConnectAsync(
            "localhost",
            port,
            SecureSocketOptions.SslOnConnect,
            TestContext.Current.CancellationToken);
        await client.AuthenticateAsync(user, "s3cret", TestContext.Current.CancellationToken);
        return client;
    }

    private async Task FailAsync(string words, params (string Name, string Value)[] values)
    {
        var steps = await _connector.TryAsync(Settings(values), _host);
        Assert.False(steps[^1].IsPassed);
        Assert.Contains(words, steps[^1].Message, StringComparison.Ordinal);
    }

    private static SourceSettings Settings(params (string Name, string Value)[] values) => TestSettings.Of(
    [
        .. new (string Name, string Value)[]
        {
            ("host", "localhost"),
            ("port", RealServers.Find("TERROIR_IMAP_PORT")),
            ("user", "veronique"),
            ("password", "env:IMAP"),
            ("ca-file", RealServers.Find("TERROIR_SOURCES_CA")),
        }.ExceptBy(values.Select(value => value.Name), pair => pair.Name, StringComparer.Ordinal),
        .. values,
    ]);
}
