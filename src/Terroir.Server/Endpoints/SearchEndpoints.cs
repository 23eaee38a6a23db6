using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Retrieval;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>The HTTP face of <see cref="IRetriever"/>.</summary>
internal static class SearchEndpoints
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/search")
            .RequireAsker(Roles.Reader, KeyScopes.Search)
            .WithTags("Retrieval")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        group.MapPost("", SearchAsync)
            .WithName("Search")
            .WithSummary("Finds passages that the caller may read.");
        group.MapGet("", SearchByAddressAsync)
            .WithName("SearchByAddress")
            .WithSummary("Finds passages that the caller may read, asked in the address.");
        return routes;
    }

    private static Task<Ok<SearchResponse>> SearchByAddressAsync(
        [AsParameters] SearchQuery query,
        HttpContext context,
        IRetriever retriever,
        EventLog log,
        TimeProvider timeProvider,
        CancellationToken cancellationToken) =>
        SearchAsync(query.ToBody(), context, retriever, log, timeProvider, cancellationToken);

    private static async Task<Ok<SearchResponse>> SearchAsync(
        [FromBody] SearchBody body,
        HttpContext context,
        IRetriever retriever,
        EventLog log,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetLocalNow().DateTime);
        var request = body.ToRequest(context.Asker()) with { Today = today };
        var result = await retriever.SearchAsync(request, cancellationToken);
        await log.NoteSearchAsync(context.Asker().User);
        return TypedResults.Ok(SearchResponse.From(result));
    }
}
