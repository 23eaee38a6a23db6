using System.Globalization;
using Terroir.Access;
using Terroir.Models;

namespace Terroir.Server.Ldap;

/// <summary>The directory server whose groups count at the site. Section <c>Terroir:Ldap</c>; checked when the host
/// starts.</summary>
public sealed class LdapOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Ldap";

    /// <summary>How many groups may be mapped.</summary>
    public const int GroupCountMax = 1_000;

    private const int MinutesMax = 1_440;

    /// <summary>The servers, of which the first that answers is asked: <c>ldaps://HOST</c>, or <c>ldap://HOST</c> with
    /// StartTLS. None, the default, for no directory server.</summary>
    public IReadOnlyList<string> Servers { get; set; } = [];

    /// <summary>Whether connections of <c>ldap://</c> are encrypted before anything is said; not to is possible on this
    /// machine only.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>A folder of certificates (PEM) of authorities that the server's certificate is believed of; empty, the
    /// default, for those of the system's libldap.</summary>
    public string CertificateFolder { get; set; } = "";

    /// <summary>Whom the site binds as, such as <c>cn=terroir,ou=services,dc=example,dc=org</c>.</summary>
    public string BindName { get; set; } = "";

    /// <summary>Where the password is kept, <c>file:PATH</c> or <c>env:NAME</c>.</summary>
    public string Password { get; set; } = "";

    /// <summary>Where users are, such as <c>ou=people,dc=example,dc=org</c>.</summary>
    public string UserBase { get; set; } = "";

    /// <summary>The attribute that is the id of a user here, such as <c>uid</c> or <c>sAMAccountName</c>.</summary>
    public string UserAttribute { get; set; } = "uid";

    /// <summary>Where groups are that are mapped by their common name.</summary>
    public string GroupBase { get; set; } = "";

    /// <summary>What groups of the server are here; one that is not named is nothing here.</summary>
    public IReadOnlyList<MappedLdapGroup> Groups { get; set; } = [];

    /// <summary>How groups within groups are found: <c>follow</c>, the default, by the site; <c>chain</c> by Active
    /// Directory; <c>none</c> not at all.</summary>
    public string Nested { get; set; } = "follow";

    /// <summary>How often the server is asked, in minutes. 1 to 1,440; the default is 15.</summary>
    public int RefreshMinutes { get; set; } = 15;

    /// <summary>How old its last answer may be, in minutes, before nobody is let in. From <see cref="RefreshMinutes"/>
    /// to 1,440; the default is 120.</summary>
    public int MaxAgeMinutes { get; set; } = 120;

    /// <summary>Hosts other than this machine that may be asked, by exact name or address. None by default.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Whether there is a directory server.</summary>
    internal bool IsSet => Servers.Count > 0;

    /// <summary>What <see cref="Nested"/> says; <see langword="null"/> if nothing that is known.</summary>
    internal LdapNesting? Nesting => Nested.ToLowerInvariant() switch
    {
        "follow" => LdapNesting.Follow,
        "chain" => LdapNesting.Chain,
        "none" => LdapNesting.None,
        _ => null,
    };

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault() => IsSet
        ? Servers.Select(FindServerFault).FirstOrDefault(fault => fault is not null) ?? FindBindFault()
            ?? FindTimeFault() ?? FindGroupFault()
        : BindName.Length + Password.Length + Groups.Count > 0
            ? $"{Section}:Servers is not set, and other settings of {Section} are. Write ldaps://HOST."
            : null;

    private string? FindServerFault(string server)
    {
        if (LdapServer.TryParse(server) is not { } parsed)
        {
            return $"{Section}:Servers has an entry that is no address. Write ldaps://HOST or ldap://HOST.";
        }

        var isHere = ModelGate.IsLoopback(parsed.Host);
        return !isHere && !AllowedHosts.Contains(parsed.Host, StringComparer.OrdinalIgnoreCase)
            ? $"{Section}:Servers names '{parsed.Host}', which is not this machine. If that is meant, add "
                + $"'{parsed.Host}' to {Section}:AllowedHosts."
            : !isHere && !parsed.IsTls && !StartTls
                ? $"{Section}:StartTls is false, and '{parsed.Host}' is not this machine: names and the password would "
                    + "go in the clear. Write ldaps://, or set it to true."
                : null;
    }

    private string? FindBindFault() =>
        BindName.Length == 0 || Password.Length == 0
            ? $"{Section}:BindName or Password is not set. Give the site an account that may read users and groups."
        : !SecretReference.TryParse(Password, out _)
            ? $"{Section}:Password is no reference. Put the password into a file, and write file:PATH."
        : UserBase.Length == 0
            ? $"{Section}:UserBase is not set. Write where users are, such as ou=people,dc=example,dc=org."
        : !LdapText.IsAttribute(UserAttribute)
            ? $"{Section}:UserAttribute is no name of an attribute. Write uid or sAMAccountName."
        : Nesting is null
            ? $"{Section}:Nested is none of follow, chain and none."
        : CertificateFolder.Length > 0 && !Directory.Exists(CertificateFolder)
            ? $"{Section}:CertificateFolder is no folder."
        : null;

    private string? FindTimeFault() =>
        RefreshMinutes is < 1 or > MinutesMax || MaxAgeMinutes < RefreshMinutes || MaxAgeMinutes > MinutesMax
            ? $"{Section}:RefreshMinutes and MaxAgeMinutes are 1 to 1440, and the second is not the smaller."
            : null;

    private string? FindGroupFault()
    {
        if (Groups.Count is 0 or > GroupCountMax)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Section}:Groups has none, or more than {GroupCountMax}.");
        }

        var at = Groups.ToList().FindIndex(group => !Principal.IsId(group.Group)
            || group.Name.Length == 0
            || (!LdapText.IsName(group.Name) && GroupBase.Length == 0));
        return at < 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Section}:Groups:{at} is no pair of a 'name' and the id of a 'group' of this site. A name that is "
                + $"not distinguished, such as cn=a,dc=b, needs {Section}:GroupBase.");
    }
}

/// <summary>What a group of the directory server is here.</summary>
public sealed class MappedLdapGroup
{
    /// <summary>The distinguished name of the group, or its common name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The id of the group here.</summary>
    public string Group { get; set; } = "";
}

/// <summary>How groups within groups are found.</summary>
internal enum LdapNesting
{
    /// <summary>The site follows the members of members itself.</summary>
    Follow,

    /// <summary>Active Directory follows them, by its rule 1.2.840.113556.1.4.1941.</summary>
    Chain,

    /// <summary>Only users that a group itself lists belong to it.</summary>
    None,
}
