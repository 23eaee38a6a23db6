using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Connectors.Imap;

/// <summary>A mail server over real TCP with the commands that a reader needs (RFC 3501, RFC 7162); any other command
/// is refused, so that one that changes something is seen.</summary>
internal sealed partial class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public MailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Password { get; set; } = "s3cret";

    public bool TellsChanges { get; set; }

    public X509Certificate2? Certificate { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public SortedDictionary<string, MailFolder> Folders { get; } = new(StringComparer.Ordinal);

    public List<string> Commands { get; } = [];

    /// <summary>The first commands of this name end the connection.</summary>
    public Dictionary<string, int> BreaksAt { get; } = new(StringComparer.Ordinal);

    public MailFolder Add(string name)
    {
        Folders.Add(name, new MailFolder());
        return Folders[name];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
#pragma warning disable VSTHRD003 // Started by this object's constructor, and it never fails.
        await _serving;
#pragma warning restore VSTHRD003
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (Certificate is not null)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = Certificate },
                    _stop.Token);
                stream = secured;
            }

            await new Session(this, stream).RunAsync(_stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went, or the test ended.
        }
    }

    private sealed partial class Session(MailServer server, Stream stream)
    {
        private MailFolder? _open;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            await WriteAsync($"* OK [CAPABILITY {Capabilities}] ready\r\n", cancellationToken);
            while (await ReadAsync(cancellationToken) is { } line)
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                var (tag, command) = (line[..space], line[(space + 1)..]);
                lock (server.Commands)
                {
                    server.Commands.Add(command);
                }

                var word = command.Split(' ')[0];
                if (server.BreaksAt.TryGetValue(word, out var count) && count > 0)
                {
                    server.BreaksAt[word] = count - 1;
                    return;
                }

                var answer = Answer(command);
                await WriteAsync($"{answer.Untagged}{tag} {answer.Status}\r\n", cancellationToken);
                if (word is "LOGOUT")
                {
                    return;
                }
            }
        }

        private string Capabilities =>
            "IMAP4rev1 NAMESPACE LITERAL+" + (server.TellsChanges ? " ENABLE CONDSTORE QRESYNC" : "");

        private (string Untagged, string Status) Answer(string command) => command.Split(' ') switch
        {
            ["CAPABILITY"] => ($"* CAPABILITY {Capabilities}\r\n", "OK done"),
            ["LOGIN", "ana", var password] => string.Equals(password, server.Password, StringComparison.Ordinal)
                ? ("", "OK in")
                : ("", "NO [AUTHENTICATIONFAILED] wrong"),
            ["NAMESPACE"] => ("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n", "OK done"),
            ["LIST", ..] => (List(command), "OK done"),
            ["ENABLE", "QRESYNC", ..] when server.TellsChanges => ("* ENABLED QRESYNC\r\n", "OK done"),
            ["EXAMINE", ..] => Examine(command),
            ["FETCH", ..] or ["UID", "FETCH", ..] when _open is not null => Fetch(command),
            ["NOOP"] or ["CHECK"] => ("", "OK done"),
            ["LOGOUT"] => ("* BYE\r\n", "OK done"),
            _ => ("", "BAD no such command"),
        };

        private string List(string command) => string.Concat(server.Folders.Keys
            .Where(name => command.EndsWith('*') || command.EndsWith("\"*\"", StringComparison.Ordinal)
                || command.EndsWith($" {name}", StringComparison.Ordinal)
                || command.EndsWith($"\"{name}\"", StringComparison.Ordinal))
            .Select(name => $"* LIST () \"/\" \"{name}\"\r\n"));

        private (string Untagged, string Status) Examine(string command)
        {
            var name = ExamineCommand().Match(command).Groups[1].Value.Trim('"');
            if (!server.Folders.TryGetValue(name, out var folder) || folder.IsClosed)
            {
                return ("", "NO [NOPERM] no");
            }

            _open = folder;
            return (
                $"* {folder.Mails.Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Deleted \\Seen)\r\n"
                + $"* OK [UIDVALIDITY {folder.Validity}] v\r\n* OK [UIDNEXT {folder.UidNext}] n\r\n"
                + (server.TellsChanges ? $"* OK [HIGHESTMODSEQ {folder.Modification}] m\r\n" : ""),
                "OK [READ-ONLY] done");
        }

        private (string Untagged, string Status) Fetch(string command)
        {
            var answer = new StringBuilder();
            if (BodyCommand().Match(command) is { Success: true } body)
            {
                var uid = uint.Parse(body.Groups[1].Value, CultureInfo.InvariantCulture);
                var size = int.Parse(body.Groups[2].Value, CultureInfo.InvariantCulture);
                if (_open!.Mails.FirstOrDefault(mail => mail.Uid == uid) is { } mail)
                {
                    var text = mail.Text[..Math.Min(size, mail.Text.Length)];
                    answer.Append(CultureInfo.InvariantCulture, $"* {_open.Mails.IndexOf(mail) + 1} FETCH (UID {uid} ")
                        .Append(
                            CultureInfo.InvariantCulture,
                            $"BODY[]<0> {{{Encoding.UTF8.GetByteCount(text)}}}\r\n")
                        .Append(CultureInfo.InvariantCulture, $"{text})\r\n");
                }

                return (answer.ToString(), "OK done");
            }

            var since = SinceCommand().Match(command) is { Success: true } match
                ? ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
                : 0;
            if (since > 0)
            {
                var vanished = _open!.Vanished.Where(gone => gone.Modification > since)
                    .Select(gone => gone.Uid)
                    .ToArray();
                answer.Append(vanished.Length > 0 ? $"* VANISHED (EARLIER) {string.Join(',', vanished)}\r\n" : "");
            }

            foreach (var (index, mail) in _open!.Mails.Index().Where(pair => pair.Item.Modification > since))
            {
                answer.Append(CultureInfo.InvariantCulture, $"* {index + 1} FETCH (UID {mail.Uid} ")
                    .Append(CultureInfo.InvariantCulture, $"FLAGS ({mail.Flags}) ")
                    .Append(CultureInfo.InvariantCulture, $"RFC822.SIZE {mail.SizeTold} ")
                    .Append("INTERNALDATE \"26-Nov-2026 07:00:00 +0000\"")
                    .Append(server.TellsChanges ? $" MODSEQ ({mail.Modification})" : "")
                    .Append(")\r\n");
            }

            return (answer.ToString(), "OK done");
        }

        // A line, with the literals in it put in place.
        private async Task<string?> ReadAsync(CancellationToken cancellationToken)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, cancellationToken) == 1)
            {
                line.Add(one[0]);
                if (line is not [.., (byte)'\r', (byte)'\n'])
                {
                    continue;
                }

                var text = Encoding.UTF8.GetString([.. line[..^2]]);
                if (LiteralEnd().Match(text) is not { Success: true } literal)
                {
                    return text;
                }

                var bytes = new byte[int.Parse(literal.Groups[1].Value, CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(bytes, cancellationToken);
                line = [.. Encoding.UTF8.GetBytes(text[..literal.Index]), .. bytes];
            }

            return null;
        }

        private async Task WriteAsync(string text, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        [GeneratedRegex("^EXAMINE (?<1>\"[^\"]*\"|[^ ]+)", RegexOptions.NonBacktracking)]
        private static partial Regex ExamineCommand();

        [GeneratedRegex(@"^UID FETCH (?<1>\d+) \(?BODY\.PEEK\[\]<0\.(?<2>\d+)>\)?$", RegexOptions.NonBacktracking)]
        private static partial Regex BodyCommand();

        [GeneratedRegex(@"\(CHANGEDSINCE (?<1>\d+) VANISHED\)", RegexOptions.NonBacktracking)]
        private static partial Regex SinceCommand();

        [GeneratedRegex(@"\{(?<1>\d+)\+\}$", RegexOptions.NonBacktracking)]
        private static partial Regex LiteralEnd();
    }
}

/// <summary>A folder of a mailbox.</summary>
internal sealed class MailFolder
{
    public uint Validity { get; set; } = 77;

    public uint UidNext { get; private set; } = 1;

    public ulong Modification { get; private set; } = 1;

    public bool IsClosed { get; set; }

    public List<Mail> Mails { get; } = [];

    public List<(uint Uid, ulong Modification)> Vanished { get; } = [];

    public Mail Add(string text, string flags = "")
    {
        Mails.Add(
            new Mail(UidNext++, text)
            {
                Flags = flags,
                Modification = ++Modification,
                SizeTold = Encoding.UTF8.GetByteCount(text),
            });
        return Mails[^1];
    }

    public void Flag(Mail mail, string flags)
    {
        mail.Flags = flags;
        mail.Modification = ++Modification;
    }

    public void Remove(Mail mail)
    {
        Mails.Remove(mail);
        Vanished.Add((mail.Uid, ++Modification));
    }
}

/// <summary>A mail.</summary>
internal sealed class Mail(uint uid, string text)
{
    public uint Uid { get; } = uid;

    public string Text { get; } = text;

    public string Flags { get; set; } = "";

    public ulong Modification { get; set; }

    public int SizeTold { get; set; }
}
