using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Server.Callers;
using Terroir.Server.Emergency;
using Terroir.Storage;

namespace Terroir.Server.Endpoints;

/// <summary>Opens and ends access in an emergency: the HTTP face of <see cref="EmergencyAccess"/>.</summary>
internal static class EmergencyEndpoints
{
    private const string Path = "/api/v1/emergency-access";

    public static IEndpointRouteBuilder MapEmergency(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path)
            .WithTags("Access")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("", OpenAsync)
            .RequireAsker(Roles.Reader, KeyScopes.Read)
            .WithName("OpenEmergencyAccess")
            .WithSummary("Opens access in an emergency for the caller. The ledger has it, with the reason.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("", List)
            .RequireAsker(Roles.Reader | Roles.Auditor, KeyScopes.Read)
            .WithName("ListEmergencyAccess")
            .WithSummary("Lists the caller's accesses in an emergency; to an auditor everybody's.");
        group.MapDelete("", EndAsync)
            .RequireAsker(Roles.Reader, KeyScopes.Read)
            .WithName("EndEmergencyAccess")
            .WithSummary("Ends what the caller has open, at once.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    private static async Task<Results<Created<EmergencyLineResponse>, ProblemHttpResult>> OpenAsync(
        EmergencyBody body,
        HttpContext context,
        EmergencyAccess emergencies,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var outcome = await emergencies.OpenAsync(context.Asker(), body.Group ?? "", body.Reason, cancellationToken);
        if (outcome.AgainAt is { } again)
        {
            var seconds = Math.Max(1, Math.Ceiling((again - time.GetUtcNow()).TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString("0", CultureInfo.InvariantCulture);
        }

        return outcome is { Refusal: EmergencyRefusal.None, Opening: { } opening }
            ? TypedResults.Created(Path, EmergencyLineResponse.From(opening, time.GetUtcNow()))
            : TypedResults.Problem(Explain(outcome.Refusal), statusCode: StatusOf(outcome.Refusal));
    }

    private static Ok<EmergencyResponse> List(HttpContext context, EmergencyAccess emergencies, TimeProvider time)
    {
        var asker = context.Asker();
        var isAuditor = context.Caller()!.Roles.HasFlag(Roles.Auditor);
        var openings = emergencies.List(isAuditor ? null : asker.User);
        return TypedResults.Ok(new EmergencyResponse(
            [.. emergencies.RulesFor(asker).Select(rule => new EmergencyChoice(rule.Group, rule.Minutes))],
            [.. openings.Reverse().Select(opening => EmergencyLineResponse.From(opening, time.GetUtcNow()))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        HttpContext context,
        EmergencyAccess emergencies,
        CancellationToken cancellationToken)
    {
        var ended = await emergencies.EndAsync(
            context.Asker().User, group: null, EmergencyOpening.ByPerson, cancellationToken);
        return ended.Count > 0
            ? TypedResults.NoContent()
            : TypedResults.Problem("You have no access open.", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>The status of a refusal.</summary>
    public static int StatusOf(EmergencyRefusal refusal) => refusal switch
    {
        EmergencyRefusal.Reason => StatusCodes.Status400BadRequest,
        EmergencyRefusal.OpenAlready => StatusCodes.Status409Conflict,
        EmergencyRefusal.TooOften => StatusCodes.Status429TooManyRequests,
        EmergencyRefusal.NotForThem => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status200OK,
    };

    // The same for a group that is not there, so that it tells nobody what others may open.
    private static string Explain(EmergencyRefusal refusal) => refusal switch
    {
        EmergencyRefusal.Reason => string.Create(
            CultureInfo.InvariantCulture,
            $"Say why, in {EmergencyAccess.ReasonLengthMin} to {EmergencyAccess.ReasonLengthMax} characters."),
        EmergencyRefusal.OpenAlready => "It is open already.",
        EmergencyRefusal.TooOften => string.Create(
            CultureInfo.InvariantCulture,
            $"You opened it {EmergencyAccess.OpeningsPerDayMax} times in 24 hours. Ask whoever runs the site."),
        _ => "You may not open that, or not with this key.",
    };
}
