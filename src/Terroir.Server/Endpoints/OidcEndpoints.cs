using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Callers;
using Terroir.Server.Oidc;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>How a visitor of the console goes to the identity provider, and comes back.</summary>
internal static class OidcEndpoints
{
    public static IEndpointRouteBuilder MapOidc(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(OidcSignIn.StartPath, StartAsync).AdmitAs("sign-in:oidc");
        routes.MapGet(OidcSignIn.ReturnPath, FinishAsync).AdmitAs("sign-in:oidc");
        return routes;
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        OidcSignIn oidc,
        IOptions<OidcOptions> options,
        CancellationToken cancellationToken)
    {
        if (!options.Value.IsSet)
        {
            return TypedResults.NotFound();
        }

        var next = SignInEndpoints.PathHere(context.Request.Query["next"].ToString());
        try
        {
            return TypedResults.Redirect(await oidc.StartAsync(context, next, cancellationToken));
        }
        catch (IdentityProviderFailedException)
        {
            return ConsolePages.SignIn(ConsolePages.Frame(context), next, SignInFault.ProviderAway);
        }
    }

    private static async Task<IResult> FinishAsync(
        HttpContext context,
        OidcSignIn oidc,
        SignIn signIn,
        RefusedKeys refused,
        EventLog log,
        IOptions<OidcOptions> options,
        CancellationToken cancellationToken)
    {
        if (!options.Value.IsSet)
        {
            return TypedResults.NotFound();
        }

        var (session, next, fault) = await oidc.FinishAsync(context, cancellationToken);
        if (session is null)
        {
            refused.Count(EventKinds.SignInRefused);
            return ConsolePages.SignIn(ConsolePages.Frame(context), next, fault);
        }

        await log.NoteAsync(EventKinds.SignedIn, Principal.User(session.User), subject: null, "console by oidc");
        await signIn.StartAsync(context, session);
        return ConsolePages.SeeOther(context, next);
    }
}
