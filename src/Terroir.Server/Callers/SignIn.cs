using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Server.Callers;

/// <summary>Keeps a visitor of the console recognised: a random token in a cookie that no script reads, whose hash the
/// identity store has.</summary>
/// <remarks>
/// <para>The session, its user and what it stands on are looked up at each request, so that it ends at once when one of
/// them does. It outlives the process.</para>
/// <para>The cookie counts for reading, and for the forms of the console (<see cref="ConsoleForm"/>) where the browser
/// itself says that a page of this site sends them: so there is nothing that another site's page could make a browser
/// do. No other endpoint that changes anything takes it, but to leave and to change one's password, whose forms must
/// come from here.</para>
/// </remarks>
internal sealed class SignIn(Accounts accounts)
{
    private const string CookieName = "terroir-session";

    /// <summary>Begins a session, and gives the visitor its cookie.</summary>
    public async Task StartAsync(HttpContext context, Session session)
    {
        var token = await accounts.StartSessionAsync(session, context.RequestAborted);
        context.Response.Cookies.Append(CookieName, token, OptionsFor(context));
    }

    /// <summary>Ends the session, and takes the cookie back.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is { Length: > 0 } token)
        {
            await accounts.EndSessionAsync(token, context.RequestAborted);
        }

        context.Response.Cookies.Delete(CookieName, OptionsFor(context));
    }

    /// <summary>Finds the session of a request that reads, or that sends a form of the console;
    /// <see langword="null"/> if there is none.</summary>
    public Session? Find(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwnForm(request)
            ? FindAny(request)
            : null;

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

    /// <summary>Whether a browser sees the site over TLS: a proxy on this machine ends it and says so.</summary>
    public static bool IsSecure(HttpRequest request) =>
        request.IsHttps
        || string.Equals(request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase);

    private Session? FindAny(HttpRequest request) =>
        request.Cookies[CookieName] is { Length: > 0 } token ? accounts.FindSession(token) : null;

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
        Secure = IsSecure(context.Request),
    };
}
