using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Server.Endpoints;

/// <summary>Documents over HTTP. One that the caller may not read looks like one that is not there.</summary>
internal static class CatalogEndpoints
{
    public static IEndpointRouteBuilder MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/documents/{id}", ReadAsync).WithName("ReadDocument")
            .WithSummary("Reads a document's canonical text.");
        routes.MapGet("/api/documents/{id}/original", ReadOriginalAsync).WithName("ReadOriginal")
            .WithSummary("Downloads a document's original bytes.");
        return routes;
    }

    internal static async Task<DocumentVersion?> FindAsync(
        string id,
        string? user,
        ICatalog catalog,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!DocumentId.TryParse(id, out var document) || callers.Find(context, user) is not { } asker)
        {
            return null;
        }

        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            if (await catalog.FindDocumentAsync(head.Collection, document, cancellationToken) is { } version
                && asker.MayRead(version.Access))
            {
                return version;
            }
        }

        return null;
    }

    private static async Task<Results<Ok<DocumentBody>, NotFound>> ReadAsync(
        string id,
        string? @as,
        ICatalog catalog,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, @as, catalog, callers, context, cancellationToken) is not { } version)
        {
            return TypedResults.NotFound();
        }

        var text = await catalog.ReadBlobAsync(version.Text, cancellationToken);
        return TypedResults.Ok(new DocumentBody(
            version.Id.Value,
            version.Version.Hex,
            version.Title,
            version.Path,
            version.MediaType,
            Encoding.UTF8.GetString(text.Span)));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ReadOriginalAsync(
        string id,
        string? @as,
        ICatalog catalog,
        Callers callers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, @as, catalog, callers, context, cancellationToken) is not { } version)
        {
            return TypedResults.NotFound();
        }

        var bytes = await catalog.ReadBlobAsync(version.Original, cancellationToken);
        return TypedResults.File(bytes.ToArray(), "application/octet-stream", Path.GetFileName(version.Path));
    }
}

/// <summary>A document as <c>GET /api/documents/{id}</c> shows it.</summary>
/// <param name="Id">The document.</param>
/// <param name="Version">The version: the hash of the original bytes.</param>
/// <param name="Title">Its title.</param>
/// <param name="Path">Its path in its source.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Text">Its canonical text.</param>
public sealed record DocumentBody(string Id, string Version, string Title, string Path, string MediaType, string Text);
