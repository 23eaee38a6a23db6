using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>What is set for a WebDAV source.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Root">The folder, with <c>/</c> at its end.</param>
/// <param name="User">The user; <see langword="null"/> for none.</param>
/// <param name="Password">Where the password is kept; <see langword="null"/> for none.</param>
/// <param name="AuthorityFile">The authorities that are believed; <see langword="null"/> for the system's.</param>
internal sealed record WebDavSettings(string Source, Uri Root, string? User, string? Password, string? AuthorityFile)
{
    private const string Url = "url";
    private const string UserName = "user";
    private const string PasswordName = "password";
    private const string AuthorityFileName = "ca-file";

    /// <summary>What can be set.</summary>
    public static IReadOnlyList<ConnectorSetting> All { get; } =
    [
        new(
            Url,
            "The folder's address. Nextcloud shows it in the settings of Files, as WebDAV.",
            "https://cloud.example.org/remote.php/dav/files/terroir/Qualite/") { IsRequired = true },
        new(UserName, "The user who reads; one who may only read is best.", "terroir"),
        new(PasswordName, "The user's password, or better an app password.", "file:keys/webdav.key")
        {
            IsSecret = true,
        },
        new(
            AuthorityFileName,
            "Certificates in PEM: only servers that these sign are believed. Without it, the system's.",
            "/etc/ssl/hospital-ca.pem"),
    ];

    /// <summary>Finds what is wrong.</summary>
    public static IReadOnlyList<SettingFault> Check(SourceSettings settings)
    {
        var rules = new SettingRules(settings, All);
        rules.RequireTogether(UserName, PasswordName);
        rules.RequireTogether(PasswordName, UserName);
        rules.RequirePath(AuthorityFileName);
        if (settings.Find(Url) is { Length: > 0 } url && FindFault(url, settings.Find(UserName)) is { } fault)
        {
            rules.Add(Url, fault);
        }

        return rules.Faults;
    }

    /// <summary>Reads settings without faults.</summary>
    public static WebDavSettings From(SourceSettings settings)
    {
        var url = settings.Get(Url);
        return new WebDavSettings(
            settings.Source,
            new Uri(url.EndsWith('/') ? url : url + "/"),
            settings.Find(UserName),
            settings.Find(PasswordName),
            settings.Find(AuthorityFileName));
    }

    private static string? FindFault(string url, string? user)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http"))
        {
            return "Write an address that begins with https://.";
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return "Write it without user, '?' and '#'; the user and where the password is kept are settings.";
        }

        return address.Scheme is "http" && user is not null && !Reach.IsLoopback(address.Host)
            ? "The password would go over the network for all to read. Write https://."
            : null;
    }
}
