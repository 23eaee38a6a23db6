using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Callers;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>How a visitor of the console presents their API key, and takes it back.</summary>
internal static class SignInEndpoints
{
    private const string Home = "/";

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context) =>
            ConsolePages.SignIn(ConsolePages.Frame(context), Home, SignInFault.None)).AllowEverybody();
        routes.MapPost("/sign-in", StartAsync).AdmitAs("sign-in:console");
        routes.MapPost("/sign-out", EndAsync).AllowEverybody();
        return routes.MapOidc();
    }

    /// <summary>An address if it stays on this site, else the first page: a browser takes <c>//name</c> and
    /// <c>/\name</c> for another site.</summary>
    public static string PathHere(string address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : Home;

    private static async Task<IResult> StartAsync(
        HttpContext context,
        SignInCheck check,
        SignIn signIn,
        EventLog log,
        CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !SignIn.IsFromHere(context.Request))
        {
            return TypedResults.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var next = PathHere(form["next"].ToString());
        var (session, fault) = await check.CheckAsync(
            form["user"].ToString().Trim(),
            form["password"].ToString(),
            form["key"].ToString().Trim(),
            $"{context.Connection.RemoteIpAddress}",
            cancellationToken);
        if (session is null)
        {
            return ConsolePages.SignIn(ConsolePages.Frame(context), next, fault);
        }

        await log.NoteAsync(EventKinds.SignedIn, Principal.User(session.User), subject: null, "console");
        await signIn.StartAsync(context, session);
        return ConsolePages.SeeOther(context, next);
    }

    private static async Task<IResult> EndAsync(HttpContext context, SignIn signIn)
    {
        if (!SignIn.IsFromHere(context.Request))
        {
            return TypedResults.BadRequest();
        }

        await signIn.EndAsync(context);
        return ConsolePages.SeeOther(context, Home);
    }
}
