using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Ingestion.Quality;
using Terroir.Ingestion.Remarks;
using Terroir.Server.Callers;
using Terroir.Storage;

namespace Terroir.Server.Endpoints;

/// <summary>The state of the site: for its operator, and for whatever watches the process.</summary>
internal static class StatusEndpoints
{
    public static IEndpointRouteBuilder MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", ReadAsync)
            .RequireRole(Roles.Operator, KeyScopes.Status)
            .WithName("ReadStatus")
            .WithTags("Status")
            .WithSummary("Reads collections, sources and quarantine. For operators: the counts include documents that "
                + "others may not read.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        routes.MapGet("/api/quality", ReadQualityAsync)
            .RequireRole(Roles.Operator | Roles.Steward, KeyScopes.Status)
            .WithName("ReadQuality")
            .WithTags("Status")
            .WithSummary("Reads grades, what to fix first, and what became of the files of each source. For operators: "
                + "it names documents that others may not read.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        routes.MapMethods("/healthz", [HttpMethods.Head], () => TypedResults.Text("ok"))
            .AllowEverybody()
            .ExcludeFromDescription();
        routes.MapMethods("/readyz", [HttpMethods.Head], IsReadyAsync).AllowEverybody().ExcludeFromDescription();
        routes.MapGet("/healthz", () => TypedResults.Text("ok"))
            .AllowEverybody()
            .WithName("IsAlive")
            .WithTags("Status")
            .WithSummary("Tells whether the process answers.");
        routes.MapGet("/readyz", IsReadyAsync)
            .AllowEverybody()
            .WithName("IsReady")
            .WithTags("Status")
            .WithSummary("Tells whether the site's stores answer and its ledger is one history.");
        return routes;
    }

    private static async Task<Ok<SiteStatus>> ReadAsync(
        HttpContext context,
        SiteStatusReader reader,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(
            RemarkText.For(context.Request.Headers.AcceptLanguage),
            cancellationToken));

    private static async Task<Ok<QualityReport>> ReadQualityAsync(
        QualityReader reader,
        string? collection,
        string? source,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(collection, source, progress: null, cancellationToken));

    private static async Task<ContentHttpResult> IsReadyAsync(
        IMetastore metastore,
        ILedger ledger,
        CancellationToken cancellationToken)
    {
        try
        {
            _ = await metastore.Catalog.ListHeadsAsync(cancellationToken);
            return ledger.Fault is { } fault
                ? TypedResults.Text(fault.Code, statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Text("ready");
        }
        catch (TerroirException exception)
        {
            return TypedResults.Text(exception.Code, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
