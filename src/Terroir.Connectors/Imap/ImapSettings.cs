using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Imap;

/// <summary>What is set for a mailbox.</summary>
internal sealed record ImapSettings
{
    private const string HostName = "host";
    private const string PortName = "port";
    private const string SecurityName = "security";
    private const string UserName = "user";
    private const string PasswordName = "password";
    private const string FoldersName = "folders";
    private const string WithoutName = "without";
    private const string AuthorityFileName = "ca-file";

    private const string Tls = "tls";
    private const string StartTls = "starttls";
    private const string Plain = "none";

    private const int PortOfTls = 993;
    private const int PortOfOthers = 143;

    /// <summary>What can be set.</summary>
    public static IReadOnlyList<ConnectorSetting> All { get; } =
    [
        new(HostName, "The mail server's name.", "mail.example.org") { IsRequired = true },
        new(PortName, "The port: 993 for tls, else 143.", "993"),
        new(SecurityName, "How the connection is secured: tls from the start, starttls, or none on this machine.", Tls)
        {
            Default = Tls,
        },
        new(UserName, "The mailbox's user.", "qualite@example.org") { IsRequired = true },
        new(PasswordName, "The user's password, or better an app password.", "file:keys/mailbox.key")
        {
            IsRequired = true,
            IsSecret = true,
        },
        new(FoldersName, "The folders that are read: names between commas, * for any letters.", "INBOX,Archives/*")
        {
            Default = "INBOX",
        },
        new(WithoutName, "Of these, the folders that are left out, in the same form.", "*/Brouillons"),
        new(
            AuthorityFileName,
            "Certificates in PEM: only servers that these sign are believed. Without it, the system's.",
            "/etc/ssl/hospital-ca.pem"),
    ];

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The server.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether TLS comes first.</summary>
    public required bool IsSecured { get; init; }

    /// <summary>Whether TLS is asked for after the greeting.</summary>
    public required bool IsUpgraded { get; init; }

    /// <summary>The user.</summary>
    public required string User { get; init; }

    /// <summary>Where the password is kept.</summary>
    public required string Password { get; init; }

    /// <summary>Patterns of folders that are read.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>Patterns of folders that are left out.</summary>
    public required IReadOnlyList<string> Without { get; init; }

    /// <summary>The authorities that are believed; <see langword="null"/> for those of the system.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Where it reads, for people.</summary>
    public string Location => $"imap://{Host}:{Port}/";

    /// <summary>Finds what is wrong.</summary>
    public static IReadOnlyList<SettingFault> Check(SourceSettings settings)
    {
        var rules = new SettingRules(settings, All);
        rules.RequirePort(PortName);
        rules.RequireWord(SecurityName, Tls, StartTls, Plain);
        rules.RequirePath(AuthorityFileName);
        if (settings.Find(SecurityName) is Plain && settings.Find(HostName) is { } host && !Reach.IsLoopback(host))
        {
            rules.Add(SecurityName, "The password would go over the network for all to read. Write tls or starttls.");
        }

        return rules.Faults;
    }

    /// <summary>Reads settings without faults.</summary>
    public static ImapSettings From(SourceSettings settings)
    {
        var security = settings.Find(SecurityName) ?? Tls;
        return new ImapSettings
        {
            Source = settings.Source,
            Host = settings.Get(HostName),
            Port = settings.GetNumber(PortName, security is Tls ? PortOfTls : PortOfOthers),
            IsSecured = security is Tls,
            IsUpgraded = security is StartTls,
            User = settings.Get(UserName),
            Password = settings.Get(PasswordName),
            Folders = settings.GetList(FoldersName, "INBOX"),
            Without = settings.GetList(WithoutName, ""),
            AuthorityFile = settings.Find(AuthorityFileName),
        };
    }
}
