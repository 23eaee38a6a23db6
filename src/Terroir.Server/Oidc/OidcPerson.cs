using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Terroir.Server.Oidc;

/// <summary>A person as a token that was checked tells of them.</summary>
/// <param name="User">The id of the user here.</param>
/// <param name="Digest">SHA-256 of the issuer and of what never goes to another person.</param>
/// <param name="Name">The name; may be empty.</param>
/// <param name="Groups">The groups here that the token's groups are.</param>
internal sealed record OidcPerson(string User, ContentHash Digest, string Name, IReadOnlyList<string> Groups)
{
    /// <summary>Reads the claims of a token.</summary>
    /// <param name="token">The token, checked.</param>
    /// <param name="options">Which claims mean what.</param>
    /// <returns>The person, or <see langword="null"/> with the reason.</returns>
    public static (OidcPerson? Person, string Reason) Read(JsonWebToken token, OidcOptions options)
    {
        if (!token.TryGetPayloadValue<string>(options.SubjectClaim, out var subject) || subject.Length == 0)
        {
            return (null, "the subject is missing");
        }

        if (!token.TryGetPayloadValue<string>(options.UserClaim, out var user) || !Access.Principal.IsId(user))
        {
            return (null, "the user claim is missing or no id");
        }

        // A document may deny a group: where the token is silent about them, they may be in it.
        if (HasGroupsElsewhere(token, options.GroupsClaim))
        {
            return (null, "the groups are too many for the token");
        }

        var claimed = token.Claims
            .Where(claim => string.Equals(claim.Type, options.GroupsClaim, StringComparison.Ordinal))
            .Select(claim => claim.Value)
            .ToHashSet(StringComparer.Ordinal);
        return (
            new OidcPerson(
                user,
                ContentHash.Of(Encoding.UTF8.GetBytes($"{options.Authority.TrimEnd('/')}\n{subject}")),
                token.TryGetPayloadValue<string>(options.NameClaim, out var name) ? name : "",
                [
                    .. options.Groups.Where(group => claimed.Contains(group.Claim))
                        .Select(group => group.Group)
                        .Distinct(StringComparer.Ordinal),
                ]),
            "");
    }

    // Entra leaves out more than 200 groups and says where they are instead.
    private static bool HasGroupsElsewhere(JsonWebToken token, string claim) =>
        (token.TryGetPayloadValue<JsonElement>("_claim_names", out var names)
            && names.ValueKind is JsonValueKind.Object
            && names.TryGetProperty(claim, out _))
        || (token.TryGetPayloadValue<bool>("hasgroups", out var has) && has);
}
