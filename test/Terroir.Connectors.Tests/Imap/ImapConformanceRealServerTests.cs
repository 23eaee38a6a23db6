using System.Globalization;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;
using Terroir.Connectors.Conformance;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>Mails of a real Dovecot keep what every kind of source promises: an item is a mail with the content as its
/// attachment, and one that is replaced is another mail. Each test has a mailbox of its own.</summary>
public sealed class ImapConformanceRealServerTests : ConnectorConformance
{
    private static int _userCount;

    protected override async Task<ConnectorRig> CreateAsync()
    {
        var port = int.Parse(RealServers.Find("TERROIR_IMAP_PORT"), CultureInfo.InvariantCulture);
        var number = Interlocked.Increment(ref _userCount).ToString(CultureInfo.InvariantCulture);
        var user = $"conformance-{Environment.ProcessId}-{number}";
        var client = new ImapClient
        {
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback =
                ServerTrust.Load("localhost", RealServers.Find("TERROIR_SOURCES_CA")).Check,
        };
        await client.ConnectAsync("localhost", port, SecureSocketOptions.SslOnConnect, Token);
        await client.AuthenticateAsync(user, "s3cret", Token);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
        return new ImapRig(client, user, port);
    }

    private sealed class ImapRig(ImapClient client, string user, int port) : ConnectorRig
    {
        private readonly TestHost _host = new() { Secrets = { ["env:IMAP"] = "s3cret" } };
        private readonly TcpDoor _door = new(port);
        private readonly Dictionary<uint, string> _names = [];

        public override IConnector Connector { get; } = new ImapConnector();

        public override SourceSettings Settings => TestSettings.Of(
            ("host", "localhost"),
            ("port", _door.Port.ToString(CultureInfo.InvariantCulture)),
            ("user", user),
            ("password", "env:IMAP"),
            ("ca-file", RealServers.Find("TERROIR_SOURCES_CA")));

        public override IConnectorHost Host => _host;

        public override IReadOnlyList<string> Secrets => ["s3cret", "un autre secret"];

        public override bool KeepsUnicodeForms => false;

        public override bool ReplacesInPlace => false;

        // The name of a mail ends in its uid: "INBOX/1732620000.12.eml".
        public override string NameOf(ListedItem item) =>
            _names[uint.Parse(item.Path.Split('.')[^2], CultureInfo.InvariantCulture)];

        public override ReadOnlyMemory<byte> ContentOf(FetchedItem fetched)
        {
            using var mail = MimeMessage.Load(new MemoryStream(fetched.Content.ToArray()), Token);
            using var content = new MemoryStream();
            ((MimePart)mail.Body!).Content?.DecodeTo(content, Token);
            return content.ToArray();
        }

        public override Task PutAsync(string path, byte[] content) => PutAsync(path, Mail(content));

        // Lines that the server gives back as it got them.
        public override async Task PutOfSizeAsync(string path, int sizeBytes)
        {
            var text = new StringBuilder("Subject: long\r\n\r\n");
            while (text.Length < sizeBytes)
            {
                var rest = sizeBytes - text.Length;
                text.Append('x', rest > 1_000 ? 500 : rest - 2).Append("\r\n");
            }

            var bytes = Encoding.ASCII.GetBytes(text.ToString());
            await PutAsync(path, await MimeMessage.LoadAsync(new MemoryStream(bytes), Token));
        }

        public override async Task DeleteAsync(string path)
        {
            var uids = _names.Where(pair => string.Equals(pair.Value, path, StringComparison.Ordinal))
                .Select(pair => new UniqueId(pair.Key))
                .ToList();
            await client.Inbox.AddFlagsAsync(uids, MessageFlags.Deleted, silent: true, Token);
            await client.Inbox.ExpungeAsync(uids, Token);
        }

        public override async Task DisconnectAsync() => await _door.DisposeAsync();

        public override Task<bool> SpoilSecretsAsync()
        {
            _host.Secrets["env:IMAP"] = "un autre secret";
            return Task.FromResult(true);
        }

        public override async ValueTask DisposeAsync()
        {
            client.Dispose();
            await _door.DisposeAsync();
            await base.DisposeAsync();
        }

        private static MimeMessage Mail(byte[] content)
        {
            var mail = new MimeMessage
            {
                Subject = "Un document",
                Body = new MimePart("application", "octet-stream")
                {
                    Content = new MimeContent(new MemoryStream(content)),
                    ContentTransferEncoding = ContentEncoding.Base64,
                },
            };
            mail.From.Add(new MailboxAddress("Ana", "ana@example.org"));
            return mail;
        }

        private async Task PutAsync(string path, MimeMessage mail)
        {
            using (mail)
            {
                if (_names.ContainsValue(path))
                {
                    await DeleteAsync(path);
                }

                var uid = await client.Inbox.AppendAsync(mail, MessageFlags.None, Token);
                _names[uid!.Value.Id] = path;
            }
        }
    }
}
