using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Answers.Approvals;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>The HTTP face of <see cref="IApprovals"/>.</summary>
internal static class ApprovalEndpoints
{
    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/approvals", ListAsync)
            .RequireAsker(Roles.Reader | Roles.Steward, KeyScopes.Ask)
            .WithName("ListApprovals")
            .WithTags("Policies")
            .WithSummary("Lists the requests for approval: a steward sees all, others their own.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        routes.MapPost("/api/approvals/{id}/decision", DecideAsync)
            .RequireAsker(Roles.Steward, KeyScopes.Administer)
            .WithName("DecideApproval")
            .WithTags("Policies")
            .WithSummary("Decides on a request of somebody else. The first decision holds.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return routes;
    }

    private static async Task<Ok<ApprovalList>> ListAsync(
        HttpContext context,
        IApprovals approvals,
        CancellationToken cancellationToken)
    {
        var user = context.Caller()!.Roles.HasFlag(Roles.Steward) ? null : context.Asker().User;
        var found = await approvals.ListAsync(user, cancellationToken);
        return TypedResults.Ok(new ApprovalList([.. found.Select(ApprovalResponse.From)]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        string id,
        ApprovalBody body,
        HttpContext context,
        IApprovals approvals,
        CancellationToken cancellationToken) =>
        await approvals.DecideAsync(
            context.Asker(),
            id,
            body.Approve is true,
            body.Reason?.Trim() ?? "",
            cancellationToken) switch
        {
            ApprovalOutcome.Decided => TypedResults.NoContent(),
            ApprovalOutcome.Absent => Refuse(StatusCodes.Status404NotFound, "There is no such request."),
            ApprovalOutcome.DecidedBefore => Refuse(StatusCodes.Status409Conflict, "Somebody decided on it before."),
            ApprovalOutcome.OwnRequest => Refuse(
                StatusCodes.Status403Forbidden,
                "Nobody decides on their own request: ask another steward."),
            _ => throw new UnreachableException(),
        };

    private static ProblemHttpResult Refuse(int status, string reason) =>
        TypedResults.Problem(reason, statusCode: status);
}
