using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Terroir.Storage;
using Terroir.Web.Pages;

namespace Terroir.Server.Oidc;

/// <summary>Signs people in to the console with the identity provider: OpenID Connect, with a code and PKCE.</summary>
internal sealed partial class OidcSignIn(
    OidcProvider provider,
    TokenCheck tokens,
    OidcAccounts accounts,
    PendingSignIns pendings,
    IOptions<OidcOptions> options,
    TimeProvider time,
    ILogger<OidcSignIn> log)
{
    /// <summary>Where a visitor begins.</summary>
    public const string StartPath = "/sign-in/oidc";

    /// <summary>Where the provider sends them back.</summary>
    public const string ReturnPath = $"{StartPath}/return";

    /// <summary>Makes the address at the provider, and gives the browser what it must bring back.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Where the visitor wants to go afterwards, on this site.</param>
    /// <param name="cancellationToken">Stops the waiting for the provider.</param>
    /// <returns>The address.</returns>
    /// <exception cref="IdentityProviderFailedException">The provider does not answer.</exception>
    public async Task<string> StartAsync(HttpContext context, string next, CancellationToken cancellationToken)
    {
        var metadata = await provider.ReadAsync(cancellationToken);
        var pending = PendingSignIn.Create(ReturnUrl(context.Request), next, time.GetUtcNow());
        pendings.Save(context, pending);
        return QueryHelpers.AddQueryString(
            metadata.AuthorizationEndpoint,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["response_type"] = "code",
                ["client_id"] = options.Value.ClientId,
                ["redirect_uri"] = pending.RedirectUrl,
                ["scope"] = options.Value.Scope,
                ["state"] = pending.State,
                ["nonce"] = pending.Nonce,
                ["code_challenge"] = pending.Challenge,
                ["code_challenge_method"] = "S256",
            });
    }

    /// <summary>Recognises the visitor by what the provider sent them back with.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Stops the waiting for the provider.</param>
    /// <returns>The session to begin and where to go, or why there is none.</returns>
    public async Task<(Session? Session, string Next, SignInFault Fault)> FinishAsync(
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var pending = pendings.Take(context, query["state"].ToString());
        var code = query["code"].ToString();
        if (pending is null || code.Length is 0 or > TokenCheck.LengthMax || query.ContainsKey("error"))
        {
            return Refuse(pending is null ? "the state is another" : "the provider sent no code", pending);
        }

        try
        {
            if (!await IsFromProviderAsync(query["iss"].ToString(), cancellationToken))
            {
                return Refuse("the answer is of another issuer", pending);
            }

            var text = await provider.ExchangeAsync(code, pending.Verifier, pending.RedirectUrl, cancellationToken);
            if (text is null)
            {
                return Refuse("the provider refused the code", pending);
            }

            var (token, reason) = await tokens.CheckIdTokenAsync(text, pending.Nonce, cancellationToken);
            return token is null ? Refuse(reason, pending) : await AdmitAsync(token, pending, cancellationToken);
        }
        catch (IdentityProviderFailedException exception)
        {
            LogAway(exception.Message);
            return (null, pending.Next, SignInFault.ProviderAway);
        }
    }

    private async Task<(Session? Session, string Next, SignInFault Fault)> AdmitAsync(
        JsonWebToken token,
        PendingSignIn pending,
        CancellationToken cancellationToken)
    {
        var (person, reason) = OidcPerson.Read(token, options.Value);
        if (person is null)
        {
            return Refuse(reason, pending);
        }

        if (await accounts.FindAsync(person, cancellationToken) is not { } asker)
        {
            LogRefused("there is no account for them");
            return (null, pending.Next, SignInFault.NoAccount);
        }

        var session = new Session(default, asker.User)
        {
            Method = OidcAccounts.Method,
            Groups = person.Groups,
            ExpiresAt = time.GetUtcNow() + options.Value.SessionLifetime,
        };
        return (session, pending.Next, SignInFault.None);
    }

    // A provider may name itself in the answer (RFC 9207); it then is the one that was asked.
    private async Task<bool> IsFromProviderAsync(string issuer, CancellationToken cancellationToken) =>
        issuer.Length == 0
        || string.Equals(
            issuer,
            (await provider.ReadAsync(cancellationToken)).Issuer,
            StringComparison.Ordinal);

    private (Session? Session, string Next, SignInFault Fault) Refuse(string reason, PendingSignIn? pending)
    {
        LogRefused(reason);
        return (null, pending?.Next ?? "/", SignInFault.Unproven);
    }

    private static string ReturnUrl(HttpRequest request) =>
        $"{(Callers.SignIn.IsSecure(request) ? "https" : "http")}://{request.Host}{ReturnPath}";

    [LoggerMessage(6201, LogLevel.Warning, "a sign-in with the identity provider was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(6202, LogLevel.Error, "nobody can sign in with the identity provider: {Reason}")]
    private partial void LogAway(string reason);
}
