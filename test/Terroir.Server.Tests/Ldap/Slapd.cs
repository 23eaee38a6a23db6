using System.Diagnostics;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Terroir.Server.Tests.Ldap;

/// <summary>A directory server of OpenLDAP on this machine, with people and groups that nobody is.</summary>
internal sealed class Slapd : IAsyncDisposable
{
    public const string Admin = "cn=admin,dc=example,dc=org";
    public const string Password = "secret of the directory";
    public const string People = "ou=people,dc=example,dc=org";
    public const string Groups = "ou=groups,dc=example,dc=org";

    /// <summary>More users than a page holds.</summary>
    public const int CrowdCount = 620;

    private const string Program = "/usr/sbin/slapd";

    private readonly DirectoryInfo _folder;
    private Process? _process;

    private Slapd(DirectoryInfo folder) => _folder = folder;

    /// <summary>Where the server is in the clear, and with StartTLS.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Where it is with TLS.</summary>
    public int TlsPort { get; } = FreePort();

    /// <summary>The folder of the certificate that it shows.</summary>
    public string CertificateFolder => Path.Combine(_folder.FullName, "certificates");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes a server, which is not started; skips the test where there is none on this machine.</summary>
    public static async Task<Slapd> CreateAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "slapd is not installed (eng/packages.txt).");
        var slapd = new Slapd(Directory.CreateTempSubdirectory("terroir-slapd-"));
        await slapd.FillAsync();
        return slapd;
    }

    /// <summary>Starts it; it answers when the task ends.</summary>
    public async Task StartAsync()
    {
        var urls = string.Create(CultureInfo.InvariantCulture, $"ldap://127.0.0.1:{Port} ldaps://127.0.0.1:{TlsPort}");

        // It stays in the foreground, and says on its error stream when it begins to listen.
        var listens = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Launch("-h", urls, "-f", Settings, "-d", "conns");
        _process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data?.Contains("epoll: listen=", StringComparison.Ordinal) is not false)
            {
                listens.TrySetResult(said.Data is not null);
            }
        };
        _process.BeginErrorReadLine();
        Assert.True(await listens.Task.WaitAsync(Stop), "slapd did not start");
    }

    /// <summary>Adds a value to an entry, or takes it away.</summary>
    public void Change(string name, DirectoryAttributeOperation operation, string attribute, string value)
    {
        using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", Port))
        {
            AuthType = AuthType.Basic,
        };
        connection.SessionOptions.ProtocolVersion = 3;
        connection.Bind(new NetworkCredential(Admin, Password));
        connection.SendRequest(new ModifyRequest(name, operation, attribute, value));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private string Settings => Path.Combine(_folder.FullName, "slapd.conf");

    private static Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    // Below those that the system gives to connections, so that none takes it before the server does.
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private async Task FillAsync()
    {
        Directory.CreateDirectory(CertificateFolder);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "db"));
        var certificate = Path.Combine(CertificateFolder, "server.pem");
        var key = Path.Combine(_folder.FullName, "key.pem");
        await WriteCertificateAsync(certificate, key);
        await File.WriteAllTextAsync(
            Settings,
            $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            include /etc/ldap/schema/nis.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            TLSCertificateFile {certificate}
            TLSCertificateKeyFile {key}
            database mdb
            suffix "dc=example,dc=org"
            rootdn "{Admin}"
            rootpw "{Password}"
            directory {Path.Combine(_folder.FullName, "db")}

            """,
            Stop);
        var entries = Path.Combine(_folder.FullName, "entries.ldif");
        await File.WriteAllTextAsync(entries, Entries(), Stop);
        using var adding = Launch("-T", "add", "-q", "-f", Settings, "-l", entries);
        var said = await adding.StandardError.ReadToEndAsync(Stop);
        await adding.WaitForExitAsync(Stop);
        Assert.True(adding.ExitCode == 0, said);
    }

    private static async Task WriteCertificateAsync(string certificate, string key)
    {
        using var pair = RSA.Create(2_048);
        var request = new CertificateRequest("CN=127.0.0.1", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(key, pair.ExportPkcs8PrivateKeyPem(), Stop);
    }

    private static string Entries() => string.Join(
        "\n\n",
        [
            "dn: dc=example,dc=org\nobjectClass: domain\ndc: example",
            $"dn: {People}\nobjectClass: organizationalUnit\nou: people",
            $"dn: {Groups}\nobjectClass: organizationalUnit\nou: groups",
            Person("anna"),
            Person("olga"),
            .. Enumerable.Range(0, CrowdCount).Select(number => Person($"crowd{number}")),
            $"dn: cn=urgences,{Groups}\nobjectClass: groupOfNames\ncn: urgences\nmember: {NameOf("anna")}",
            $"dn: cn=outer,{Groups}\nobjectClass: groupOfNames\ncn: outer\nmember: cn=inner,{Groups}\n"
                + $"member: cn=gone,{Groups}",
            $"dn: cn=inner,{Groups}\nobjectClass: groupOfNames\ncn: inner\nmember: {NameOf("olga")}\n"
                + $"member: cn=outer,{Groups}",
            $"dn: cn=posix,{Groups}\nobjectClass: posixGroup\ncn: posix\ngidNumber: 7\nmemberUid: anna\n"
                + "memberUid: gone",
            $"dn: cn=crowd,{Groups}\nobjectClass: groupOfNames\ncn: crowd\n"
                + string.Join(
                    '\n',
                    Enumerable.Range(0, CrowdCount).Select(number => $"member: uid=crowd{number},{People}")),
            "",
        ]);

    private static string NameOf(string user) => $"uid={user},{People}";

    private static string Person(string user) =>
        $"dn: {NameOf(user)}\nobjectClass: inetOrgPerson\nuid: {user}\ncn: {user}\nsn: {user}";
}
