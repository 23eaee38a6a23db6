using Microsoft.AspNetCore.DataProtection;

namespace Terroir.Server.Callers;

/// <summary>Keeps a visitor of the console recognised: their API key, encrypted, in a cookie that no script reads.
/// </summary>
/// <remarks>
/// <para>The key is looked up again at each request, so a key that is taken out of the directory opens nothing more.
/// The encryption ends with the process; then one signs in again.</para>
/// <para>The cookie counts for reading, and for the forms of the console (<see cref="ConsoleForm"/>) where the browser
/// itself says that a page of this site sends them: so there is nothing that another site's page could make a browser
/// do. No other endpoint that changes anything takes it.</para>
/// </remarks>
internal sealed class SignIn(IDataProtectionProvider protection)
{
    private const string CookieName = "terroir-session";
    private const string Purpose = "Terroir.Server.Callers.SignIn";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector(Purpose).ToTimeLimitedDataProtector();

    /// <summary>Gives the visitor a cookie with their key.</summary>
    public void Start(HttpContext context, string key) =>
        context.Response.Cookies.Append(CookieName, _protector.Protect(key, Lifetime), OptionsFor(context));

    /// <summary>Takes the cookie back.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, OptionsFor(context));

    /// <summary>Reads the key of a visitor; <see langword="null"/> if there is none, or it is too old.</summary>
    public string? ReadKey(HttpRequest request)
    {
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwnForm(request))
            || request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Of another process, or too old: the visitor signs in again.
            return null;
        }
    }

    /// <summary>Whether a form was posted by a page of this site.</summary>
    public static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "" or "same-origin" or "none"
            && (origin.Length == 0
                || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                    && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)));
    }

    // A browser that says nothing of where a form is from is not believed.
    private static bool IsOwnForm(HttpRequest request) =>
        request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ConsoleForm>() is not null
        && IsFromHere(request)
        && (request.Headers["Sec-Fetch-Site"].ToString() is "same-origin"
            || request.Headers.Origin.ToString().Length > 0);

    private static CookieOptions OptionsFor(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",

        // A proxy on this machine ends TLS and says so.
        Secure = context.Request.IsHttps
            || string.Equals(context.Request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase),
    };
}
