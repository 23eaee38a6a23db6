using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Server.Budgets;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>What the caller may spend on models: their own, and nobody else's.</summary>
internal static class BudgetEndpoints
{
    public static IEndpointRouteBuilder MapBudget(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/budget", Read)
            .RequireAsker(Roles.Reader, KeyScopes.Ask)
            .WithTags("Answers")
            .WithName("ReadBudget")
            .WithSummary("Reads what the caller may spend on models today, and what they used.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        return routes;
    }

    private static Ok<BudgetResponse> Read(HttpContext context, ModelBudgets budgets)
    {
        var asker = context.Asker();
        return TypedResults.Ok(BudgetResponse.Of(budgets, asker.User, asker.Principals));
    }
}
