using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Retrieval;

namespace Terroir.Server.Endpoints;

/// <summary>The HTTP face of <see cref="IRetriever"/>.</summary>
internal static class RetrievalEndpoints
{
    public static IEndpointRouteBuilder MapRetrieval(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/search", SearchAsync).WithName("Search")
            .WithSummary("Finds passages that the caller may read.");
        return routes;
    }

    private static async Task<Results<Ok<SearchResult>, ProblemHttpResult>> SearchAsync(
        SearchBody body,
        IRetriever retriever,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (callers.Find(context, body.As) is not { } asker)
        {
            return Callers.Refuse();
        }

        var request = new SearchRequest { Query = body.Query, Asker = asker, Count = body.Count };
        return TypedResults.Ok(await retriever.SearchAsync(request, cancellationToken));
    }
}

/// <summary>The body of <c>POST /api/search</c>.</summary>
/// <param name="Query">The query; 1 to 4,000 characters.</param>
/// <param name="Count">How many hits at most; 1 to 100.</param>
/// <param name="As">Who asks, in demo mode only.</param>
public sealed record SearchBody(
    [Required, StringLength(4_000, MinimumLength = 1)] string Query,
    [Range(1, 100)] int Count = 10,
    string? As = null);
