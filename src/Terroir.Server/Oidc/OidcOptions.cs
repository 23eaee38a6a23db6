using System.Globalization;
using Terroir.Access;
using Terroir.Models;

namespace Terroir.Server.Oidc;

/// <summary>The identity provider that signs people in, and whose tokens the API takes. Section <c>Terroir:Oidc</c>;
/// checked when the host starts.</summary>
public sealed class OidcOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Oidc";

    /// <summary>How many groups may be mapped.</summary>
    public const int GroupCountMax = 1_000;

    private static readonly TimeSpan LifetimeMin = TimeSpan.FromMinutes(5);

    /// <summary>The issuer, such as <c>https://login.example.org/realms/hospital</c>; empty, the default, for none.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>What the provider calls this site.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Where the secret of this site is kept, <c>file:PATH</c> or <c>env:NAME</c>; empty, the default, for a
    /// client that has none.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The audience of the access tokens that the API takes; empty, the default, for taking none.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The name of the provider on the page where people sign in.</summary>
    public string Name { get; set; } = "OpenID Connect";

    /// <summary>What the site asks for, apart by spaces; <c>openid</c> is among it.</summary>
    public string Scope { get; set; } = "openid profile";

    /// <summary>The claim that is the id of a user here.</summary>
    public string UserClaim { get; set; } = "preferred_username";

    /// <summary>The claim that never goes to another person, by which a user is known again; <c>oid</c> for Entra.
    /// </summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim that is the name of a user, for accounts that are made.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim that lists groups.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>What groups of the provider are here; one that is not named is nothing here.</summary>
    public IReadOnlyList<MappedGroup> Groups { get; set; } = [];

    /// <summary>Whether a user whom nobody knows here gets an account at their first sign-in; by default they are
    /// refused.</summary>
    public bool CreateAccounts { get; set; }

    /// <summary>How long a session lasts, after which the provider is asked again. 5 minutes to 12 hours; the default
    /// is 8 hours.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Hosts other than this machine that may be called, by exact name or address: that of the authority, and
    /// those that it refers to. None by default.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Whether there is a provider.</summary>
    internal bool IsSet => Authority.Length > 0;

    /// <summary>Whether the API takes access tokens.</summary>
    internal bool TakesTokens => IsSet && Audience.Length > 0;

    /// <summary>What may be reached.</summary>
    internal ModelGate Gate => new(AllowedHosts);

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault() => IsSet
        ? FindAuthorityFault() ?? FindClientFault() ?? FindGroupFault()
        : ClientId.Length + ClientSecret.Length + Audience.Length + Groups.Count > 0
            ? $"{Section}:Authority is not set, and other settings of {Section} are. Write the address of the issuer."
            : null;

    private string? FindAuthorityFault()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri)
            || !(uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback))
            || uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length > 0)
        {
            return $"{Section}:Authority is no address of an issuer. Write https://HOST/PATH, or http:// with a host "
                + "of this machine.";
        }

        return uri.IsLoopback || AllowedHosts.Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"{Section}:Authority is on '{uri.IdnHost}', which is not this machine. If that is meant, add "
                + $"'{uri.IdnHost}' to {Section}:AllowedHosts.";
    }

    private string? FindClientFault() =>
        ClientId.Length == 0 ? $"{Section}:ClientId is not set. Write what the provider calls this site."
        : ClientSecret.Length > 0 && !SecretReference.TryParse(ClientSecret, out _)
            ? $"{Section}:ClientSecret is no reference. Put the secret into a file, and write file:PATH."
        : string.Equals(Audience, ClientId, StringComparison.Ordinal)
            ? $"{Section}:Audience is that of {Section}:ClientId: who has a token that signs somebody in could use the "
                + "API as them. Register the API at the provider under a name of its own."
        : !Scope.Split(' ').Contains("openid", StringComparer.Ordinal)
            ? $"{Section}:Scope lacks 'openid', without which no provider says who signed in."
        : new[] { UserClaim, SubjectClaim, Name }.Any(text => text.Length == 0)
            ? $"{Section}:UserClaim, SubjectClaim or Name is empty. Leave it out for the default."
        : SessionLifetime < LifetimeMin || SessionLifetime > Accounts.SessionLifetime
            ? $"{Section}:SessionLifetime is not between 00:05:00 and 12:00:00."
        : null;

    private string? FindGroupFault()
    {
        if (Groups.Count > GroupCountMax)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Section}:Groups has more than {GroupCountMax}.");
        }

        var at = Groups.ToList().FindIndex(group => group.Claim.Length == 0 || !Principal.IsId(group.Group));
        return at < 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Section}:Groups:{at} is no pair of a 'claim' and the id of a 'group' of this site.");
    }
}

/// <summary>What a group of the provider is here.</summary>
public sealed class MappedGroup
{
    /// <summary>The group as the claim of a token has it; letter case counts.</summary>
    public string Claim { get; set; } = "";

    /// <summary>The id of the group here.</summary>
    public string Group { get; set; } = "";
}
