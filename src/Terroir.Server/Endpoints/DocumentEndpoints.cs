using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Terroir.Access;
using Terroir.Ingestion.Remarks;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>Documents and their originals, for those who may read them.</summary>
internal static class DocumentEndpoints
{
    /// <summary>Media types that a browser cannot be made to run; anything else is only bytes.</summary>
    private static readonly HashSet<string> SafeMediaTypes = new(StringComparer.Ordinal)
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/zip",
        "text/plain",
        "text/markdown",
        "text/csv",
    };

    /// <summary>A browser that shows an original all the same gives it no origin, no scripts and no forms.</summary>
    private const string ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public static IEndpointRouteBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/documents/{id}")
            .RequireAsker(Roles.Reader, KeyScopes.Read)
            .WithTags("Documents")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);

        group.MapGet("", ReadAsync)
            .WithName("ReadDocument")
            .WithSummary("Reads what is known of a document, and its canonical text.");
        group.MapGet("/original", ReadOriginalAsync)
            .WithName("ReadOriginal")
            .WithSummary("Downloads the original bytes of a document, or ranges of them.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream");
        group.MapMethods("/original", [HttpMethods.Head], ReadOriginalAsync).ExcludeFromDescription();
        return routes;
    }

    /// <summary>The one answer for a document that is absent, forbidden or misspelt.</summary>
    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        "There is no such document, or you may not read it.",
        statusCode: StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<DocumentResponse>, ProblemHttpResult>> ReadAsync(
        string id,
        HttpContext context,
        ReadableDocuments documents,
        CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, context.Asker(), cancellationToken) is not { } document)
        {
            return NotFound();
        }

        var text = await documents.ReadTextAsync(document, context.Asker(), cancellationToken);
        return TypedResults.Ok(DocumentResponse.From(
            document,
            Encoding.UTF8.GetString(text.Span),
            RemarkText.For(context.Request.Headers.AcceptLanguage)));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadOriginalAsync(
        string id,
        HttpContext context,
        ReadableDocuments documents,
        CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, context.Asker(), cancellationToken) is not { } document)
        {
            return NotFound();
        }

        var version = document.Version;
        var content = await documents.ReadOriginalAsync(document, context.Asker(), cancellationToken);
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return TypedResults.Bytes(
            content.ToArray(),
            SafeMediaTypes.Contains(version.MediaType) ? version.MediaType : "application/octet-stream",
            version.Path[(version.Path.LastIndexOf('/') + 1)..],
            enableRangeProcessing: true,
            version.ModifiedAt,
            new EntityTagHeaderValue($"\"{version.Version.Hex}\""));
    }
}
