using System.Net;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Server.Oidc;

namespace Terroir.Server.Callers;

/// <summary>Finds out who makes a request: the principal of an API key, of an access token, of a session or, in a demo,
/// whom a caller on this machine names.</summary>
internal sealed class CallerResolver(
    IDirectory directory,
    SignIn signIn,
    BearerTokens tokens,
    OidcAccounts accounts,
    RoleAssignment roles,
    IOptions<ServerOptions> options)
{
    /// <summary>The header by which a caller of a demo names the person that they ask as.</summary>
    public const string UserHeader = "X-Terroir-User";

    /// <summary>The header that carries an API key, beside <c>Authorization: Bearer</c>.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"];

    /// <summary>Recognises the caller of a request.</summary>
    public async Task<CallerOutcome> ResolveAsync(HttpContext context)
    {
        // A key decides alone: neither a header nor a cookie can make its holder someone else.
        if (ReadKey(context.Request) is { } key)
        {
            return await FindByKeyAsync(key, context.RequestAborted);
        }

        if (signIn.Find(context.Request) is { } session)
        {
            var known = session.Key is { } hash ? directory.FindKey(hash) : null;
            var visitor = string.Equals(session.Method, OidcAccounts.Method, StringComparison.Ordinal)
                ? accounts.Find(session)
                : directory.Find(session.User, session.Groups);
            return visitor is not null ? Recognise(visitor, known) : Refuse("The session has ended.");
        }

        if (!IsDemo(context))
        {
            return Refuse("Send an API key: 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.");
        }

        return ReadPerson(context.Request) is not { Length: > 0 } person
            ? new CallerOutcome(new Caller(Asker: null, Roles.Reader | Roles.Operator), Refusal: null)
            : directory.Find(person) is { } asker
                ? Recognise(asker, key: null)
                : Refuse($"Nobody is called that here: name a person of the directory in '{UserHeader}' or 'as'.");
    }

    /// <summary>Whether the request comes straight from this machine to a site in demo mode.</summary>
    /// <remarks>A proxy on this machine would make the whole network look local, so its headers end the privilege;
    /// the host name is checked because a hostile page can give its own name the address of this machine. A browser
    /// also says when another site's page makes the request; only a link that somebody follows is let through.
    /// </remarks>
    public bool IsDemo(HttpContext context) =>
        options.Value.Demo
        && context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && LoopbackNames.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && !ForwardingHeaders.Any(context.Request.Headers.ContainsKey)
        && !IsFromAnotherSite(context.Request);

    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        && !(HttpMethods.IsGet(request.Method)
            && request.Headers["Sec-Fetch-Mode"].ToString() is "navigate"
            && request.Headers["Sec-Fetch-Dest"].ToString() is "document");

    private static string? ReadPerson(HttpRequest request) =>
        request.Headers.TryGetValue(UserHeader, out var header) ? header.ToString() : request.Query["as"].ToString();

    private static string? ReadKey(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : request.Headers.TryGetValue(KeyHeader, out var key) ? key.ToString() : null;
    }

    private async Task<CallerOutcome> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        directory.FindKey(SiteDirectory.HashOf(key)) is { } known
            ? directory.Find(known.User) is { } holder ? Recognise(holder, known) : RefuseKey()
            : await tokens.FindAsync(key, cancellationToken) is var (asker, token)
                ? Recognise(asker, token)
                : RefuseKey();

    private static CallerOutcome RefuseKey() => Refuse("The API key is not valid.") with { IsKeyRefused = true };

    private static CallerOutcome Refuse(string reason) => new(Caller: null, reason);

    private CallerOutcome Recognise(Asker asker, DirectoryKey? key) => new(
        new Caller(asker with { Collections = key?.Collections }, roles.Of(asker)) { Key = key },
        Refusal: null);
}
