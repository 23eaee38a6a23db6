using Microsoft.Extensions.Options;
using Terroir.Access;

namespace Terroir.Server.Oidc;

/// <summary>Recognises who sends an access token of the identity provider with a request.</summary>
internal sealed partial class BearerTokens(
    TokenCheck tokens,
    OidcAccounts accounts,
    IOptions<OidcOptions> options,
    ILogger<BearerTokens> log)
{
    // Neither accounts nor what a source holds is changed with a token of somebody else.
    private static readonly IReadOnlySet<string> Scopes = new HashSet<string>(
        [KeyScopes.Ask, KeyScopes.Search, KeyScopes.Read, KeyScopes.Status],
        StringComparer.Ordinal);

    /// <summary>Recognises the user of a token.</summary>
    /// <param name="text">What came where a key is expected.</param>
    /// <param name="cancellationToken">Stops the waiting for the provider's keys.</param>
    /// <returns>The user, and what the token may be used for; <see langword="null"/> if it is none that counts.
    /// </returns>
    public async Task<(Asker Asker, DirectoryKey Key)?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!options.Value.TakesTokens || !tokens.IsToken(text))
        {
            return null;
        }

        try
        {
            var (token, reason) = await tokens.CheckAccessTokenAsync(text, cancellationToken);
            var (person, fault) = token is null ? (null, reason) : OidcPerson.Read(token, options.Value);
            if (person is null)
            {
                LogRefused(fault);
                return null;
            }

            return await accounts.FindAsync(person, cancellationToken) is { } asker
                ? (asker, new DirectoryKey(SiteDirectory.HashOf(text), asker.User) { Scopes = Scopes })
                : null;
        }
        catch (IdentityProviderFailedException exception)
        {
            LogRefused(exception.Message);
            return null;
        }
    }

    [LoggerMessage(6203, LogLevel.Warning, "an access token was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
