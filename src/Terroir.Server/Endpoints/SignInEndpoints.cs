using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>How a visitor of the console presents their API key, and takes it back.</summary>
internal static class SignInEndpoints
{
    private const string Home = "/";

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context) =>
            ConsolePages.SignIn(ConsolePages.Frame(context), Home, isRefused: false));
        routes.MapPost("/sign-in", StartAsync);
        routes.MapPost("/sign-out", End);
        return routes;
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        IDirectory directory,
        SignIn signIn,
        RefusedKeys refused,
        EventLog log,
        CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !SignIn.IsFromHere(context.Request))
        {
            return TypedResults.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (key, next) = (form["key"].ToString().Trim(), form["next"].ToString());
        next = IsPathHere(next) ? next : Home;
        if (directory.FindByKey(key) is not { } asker)
        {
            refused.Count(EventKinds.SignInRefused);
            return ConsolePages.SignIn(ConsolePages.Frame(context), next, isRefused: true);
        }

        await log.NoteAsync(EventKinds.SignedIn, Principal.User(asker.User), subject: null, "console");
        signIn.Start(context, key);
        return ConsolePages.SeeOther(context, next);
    }

    private static IResult End(HttpContext context)
    {
        if (!SignIn.IsFromHere(context.Request))
        {
            return TypedResults.BadRequest();
        }

        SignIn.End(context);
        return ConsolePages.SeeOther(context, Home);
    }

    /// <summary>Whether an address stays on this site: a browser takes <c>//name</c> and <c>/\name</c> for another.
    /// </summary>
    private static bool IsPathHere(string address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
}
