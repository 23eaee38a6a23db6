using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Terroir.Access;

namespace Terroir.Server.Oidc;

/// <summary>What a browser that was sent to the identity provider must bring back.</summary>
/// <param name="State">Ties the answer to the browser.</param>
/// <param name="Nonce">Ties the token to the browser.</param>
/// <param name="Verifier">Proves to the provider that this site asked (PKCE, RFC 7636).</param>
/// <param name="RedirectUrl">Where the provider sends the browser.</param>
/// <param name="Next">Where the visitor wants to go, on this site.</param>
/// <param name="ExpiresAt">When it no longer counts.</param>
internal sealed record PendingSignIn(
    string State,
    string Nonce,
    string Verifier,
    string RedirectUrl,
    string Next,
    DateTimeOffset ExpiresAt)
{
    /// <summary>How long a visitor has at the provider.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>What of the verifier the provider is told first.</summary>
    public string Challenge =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Makes one.</summary>
    public static PendingSignIn Create(string redirectUrl, string next, DateTimeOffset now) => new(
        Accounts.CreateToken(),
        Accounts.CreateToken(),
        Accounts.CreateToken(),
        redirectUrl,
        next,
        now + Lifetime);
}

/// <summary>Keeps a <see cref="PendingSignIn"/> in a cookie that only this process can read.</summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, TimeProvider time)
{
    private const string CookieName = "terroir-oidc";

    private readonly IDataProtector _protector = protection.CreateProtector(CookieName);

    /// <summary>Gives the browser what it must bring back.</summary>
    public void Save(HttpContext context, PendingSignIn pending) => context.Response.Cookies.Append(
        CookieName,
        _protector.Protect(JsonSerializer.Serialize(pending)),
        new CookieOptions(OptionsFor(context)) { MaxAge = PendingSignIn.Lifetime });

    /// <summary>Takes it back; it counts once for a browser.</summary>
    /// <param name="context">The request with the provider's answer.</param>
    /// <param name="state">The state that the answer names.</param>
    /// <returns>What was kept, or <see langword="null"/> if it is absent, of another answer, or too old.</returns>
    public PendingSignIn? Take(HttpContext context, string state)
    {
        var cookie = context.Request.Cookies[CookieName];
        context.Response.Cookies.Delete(CookieName, OptionsFor(context));
        return cookie is { Length: > 0 }
            && Read(cookie) is { } pending
            && pending.ExpiresAt > time.GetUtcNow()
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(pending.State),
                Encoding.UTF8.GetBytes(state))
            ? pending
            : null;
    }

    private PendingSignIn? Read(string cookie)
    {
        try
        {
            return JsonSerializer.Deserialize<PendingSignIn>(_protector.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions OptionsFor(HttpContext context) => new()
    {
        HttpOnly = true,

        // The provider leads back by a link, which such a cookie goes with.
        SameSite = SameSiteMode.Lax,
        Path = OidcSignIn.StartPath,
        Secure = Callers.SignIn.IsSecure(context.Request),
    };
}
