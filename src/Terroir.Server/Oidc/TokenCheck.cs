using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Terroir.Server.Oidc;

/// <summary>Checks tokens of the identity provider: its signature, its name, for whom they are, and that they have not
/// ended. What is not known is refused.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class TokenCheck(OidcProvider provider, IOptions<OidcOptions> options, TimeProvider time)
{
    /// <summary>A token has at most this many characters.</summary>
    internal const int LengthMax = 32_768;

    /// <summary>How far the provider's clock may be from this one.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // Signatures by a private key alone: the public one of a provider must never serve as a shared secret.
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LengthMax };

    /// <summary>Whether a text has the form of a token; it may be anything all the same.</summary>
    public bool IsToken(string text) => text.Length <= LengthMax && _handler.CanReadToken(text);

    /// <summary>Checks a token that says who signed in.</summary>
    /// <param name="token">The token.</param>
    /// <param name="nonce">What ties it to the browser that asked.</param>
    /// <param name="cancellationToken">Stops the waiting for the provider's keys.</param>
    /// <returns>The token, or <see langword="null"/> with the reason.</returns>
    /// <exception cref="IdentityProviderFailedException">The provider's keys cannot be had.</exception>
    public async Task<(JsonWebToken? Token, string Reason)> CheckIdTokenAsync(
        string token,
        string nonce,
        CancellationToken cancellationToken)
    {
        var metadata = await provider.ReadAsync(cancellationToken);
        var client = options.Value.ClientId;
        var (known, reason) = await CheckAsync(token, [metadata.Issuer], client, ["JWT"]);
        return known is null ? (null, reason)
            : !IsSame(known, JwtRegisteredClaimNames.Nonce, nonce) ? (null, "the nonce is another")
            : IsForAnother(known, client) ? (null, "the authorised party is another")
            : (known, "");
    }

    /// <summary>Checks a token that a program sends with its requests.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Stops the waiting for the provider's keys.</param>
    /// <returns>The token, or <see langword="null"/> with the reason.</returns>
    /// <exception cref="IdentityProviderFailedException">The provider's keys cannot be had.</exception>
    public async Task<(JsonWebToken? Token, string Reason)> CheckAccessTokenAsync(
        string token,
        CancellationToken cancellationToken)
    {
        var metadata = await provider.ReadAsync(cancellationToken);
        return await CheckAsync(
            token,
            OidcProvider.AccessIssuersOf(metadata),
            options.Value.Audience,
            ["at+jwt", "application/at+jwt", "JWT"]);
    }

    private async Task<(JsonWebToken? Token, string Reason)> CheckAsync(
        string token,
        IReadOnlyList<string> issuers,
        string audience,
        IReadOnlyList<string> types)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ConfigurationManager = provider.Metadata,
            ValidIssuers = issuers,
            ValidAudience = audience,
            ValidAlgorithms = Algorithms,
            ValidTypes = types,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => IsAlive(from, until),
        });

        // The library's messages may quote the token; its type says as much.
        return result.IsValid && result.SecurityToken is JsonWebToken known
            ? (known, "")
            : (null, result.Exception?.GetType().Name ?? "not valid");
    }

    private bool IsAlive(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + ClockSkew && (from is not { } start || now >= start - ClockSkew);
    }

    private static bool IsSame(JsonWebToken token, string claim, string expected) =>
        token.TryGetPayloadValue<string>(claim, out var value)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(expected));

    private static bool IsForAnother(JsonWebToken token, string client) =>
        token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Azp, out var party)
            ? !string.Equals(party, client, StringComparison.Ordinal)
            : token.Audiences.Count() > 1;
}
