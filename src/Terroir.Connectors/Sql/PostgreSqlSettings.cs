using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Where a PostgreSQL database is, and who reads it.</summary>
internal sealed record PostgreSqlSettings(
    string Host,
    int Port,
    bool IsSecured,
    string Database,
    string User,
    string Password,
    string? AuthorityFile)
{
    private const string HostName = "host";
    private const string PortName = "port";
    private const string SecurityName = "security";
    private const string DatabaseName = "database";
    private const string UserName = "user";
    private const string PasswordName = "password";
    private const string AuthorityFileName = "ca-file";

    private const string Tls = "tls";
    private const string Plain = "none";
    private const int PortDefault = 5_432;

    /// <summary>What can be set, beside what is set for every query.</summary>
    public static IReadOnlyList<ConnectorSetting> Own { get; } =
    [
        new(HostName, "The database server's name.", "db.example.org") { IsRequired = true },
        new(PortName, "The port.", "5432") { Default = "5432" },
        new(SecurityName, "How the connection is secured: tls, or none on this machine.", Tls) { Default = Tls },
        new(DatabaseName, "The database.", "qualite") { IsRequired = true },
        new(UserName, "The role that reads; one that may only SELECT is best.", "terroir") { IsRequired = true },
        new(PasswordName, "The role's password.", "file:keys/db.key") { IsRequired = true, IsSecret = true },
        new(
            AuthorityFileName,
            "Certificates in PEM: only servers that these sign are believed. Without it, the system's.",
            "/etc/ssl/hospital-ca.pem"),
    ];

    /// <summary>Where it reads, for people.</summary>
    public string Location => $"postgresql://{Host}:{Port}/{Database}";

    /// <summary>Finds what is wrong.</summary>
    public static void Check(SourceSettings settings, SettingRules rules)
    {
        rules.RequirePort(PortName);
        rules.RequireWord(SecurityName, Tls, Plain);
        rules.RequirePath(AuthorityFileName);
        if (settings.Find(SecurityName) is Plain && settings.Find(HostName) is { } host && !Reach.IsLoopback(host))
        {
            rules.Add(SecurityName, "What is read would go over the network for all to see. Write tls.");
        }
    }

    /// <summary>Reads settings without faults.</summary>
    public static PostgreSqlSettings From(SourceSettings settings) => new(
        settings.Get(HostName),
        settings.GetNumber(PortName, PortDefault),
        settings.Find(SecurityName) is not Plain,
        settings.Get(DatabaseName),
        settings.Get(UserName),
        settings.Get(PasswordName),
        settings.Find(AuthorityFileName));
}
