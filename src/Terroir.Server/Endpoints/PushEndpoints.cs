using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Terroir.Access;
using Terroir.Ingestion;
using Terroir.Ingestion.Remarks;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>Documents that programs put, for keys that may.</summary>
internal static class PushEndpoints
{
    private const string MayNot =
        "This key may put documents into no such source: 'push' of directory.yaml lists them.";
    private const string BadId = "An id has 1 to 200 of: a-z A-Z 0-9 - _ . ~, first a letter or digit.";

    /// <summary>So many documents are read and held at once; others wait before their bodies are read.</summary>
    private static readonly SemaphoreSlim Places = new(ServerLimits.PushCountMax, ServerLimits.PushCountMax);

    public static IEndpointRouteBuilder MapPush(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/documents/{id}")
            .RequireAsker(Roles.Any, KeyScopes.Push)
            .WithTags("Push")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        group.MapPut("", PutAsync)
            .WithName("PutDocument")
            .WithSummary("Puts a document into a push source, or replaces it: a form with 'metadata' (JSON) before "
                + "'file'. It can be found when the reply comes.")
            .WithMetadata(new RequestSizeLimitAttribute(ServerLimits.PushBytesMax))
            .Accepts<PushMetadata>("multipart/form-data")
            .Produces<PushResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapDelete("", DeleteAsync)
            .WithName("DeleteDocument")
            .WithSummary("Takes a document of a push source away: it answers no more when the reply comes.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/status", ReadAsync)
            .WithName("ReadPushStatus")
            .WithSummary("Tells what came of a document that was put.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    private static async Task<Results<Ok<PushResponse>, Created<PushResponse>, ProblemHttpResult>> PutAsync(
        string id,
        string? source,
        HttpContext context,
        IDocumentPusher pusher,
        CancellationToken cancellationToken)
    {
        if (Refuse(context, id, source, out var name) is { } refusal)
        {
            return refusal;
        }

        // Also while it waits for its commit a document is in memory.
        await Places.WaitAsync(cancellationToken);
        try
        {
            var (form, fault) = await PushForm.ReadAsync(context.Request, cancellationToken);
            return form is null
                ? fault!
                : Describe(name, await pusher.PutAsync(name, form.ToDocument(id), cancellationToken), Words(context));
        }
        finally
        {
            Places.Release();
        }
    }

    private static Results<Ok<PushResponse>, Created<PushResponse>, ProblemHttpResult> Describe(
        string source,
        PushStatus status,
        RemarkText words)
    {
        if (status is { Documents.Count: 0, Quarantine: [var first, ..] })
        {
            return TypedResults.Problem(
                $"The document is not indexed. {words.Describe(first.Advice)}",
                statusCode: StatusCodes.Status422UnprocessableEntity,
                extensions:
                [
                    KeyValuePair.Create<string, object?>("reason", first.Reason),
                    KeyValuePair.Create<string, object?>("remarks", first.Advice),
                ]);
        }

        var response = PushResponse.From(source, status, words);
        return status.IsNew
            ? TypedResults.Created($"/api/documents/{status.Id}/status?source={source}", response)
            : TypedResults.Ok(response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id,
        string? source,
        HttpContext context,
        IDocumentPusher pusher,
        CancellationToken cancellationToken) =>
        Refuse(context, id, source, out var name) is { } refusal ? refusal
            : await pusher.DeleteAsync(name, id, cancellationToken) ? TypedResults.NoContent()
            : NotFound();

    private static async Task<Results<Ok<PushResponse>, ProblemHttpResult>> ReadAsync(
        string id,
        string? source,
        HttpContext context,
        IDocumentPusher pusher,
        CancellationToken cancellationToken) =>
        Refuse(context, id, source, out var name) is { } refusal ? refusal
            : await pusher.FindAsync(name, id, cancellationToken) is { } status
                ? TypedResults.Ok(PushResponse.From(name, status, Words(context)))
                : NotFound();

    private static RemarkText Words(HttpContext context) => RemarkText.For(context.Request.Headers.AcceptLanguage);

    private static ProblemHttpResult NotFound() => TypedResults.Problem(
        "No document was put under this id.",
        statusCode: StatusCodes.Status404NotFound);

    // A key that may put into one source only need not name it.
    private static ProblemHttpResult? Refuse(HttpContext context, string id, string? source, out string name)
    {
        var allowed = context.Caller()!.PushSources;
        name = source ?? (allowed.Count == 1 ? allowed[0] : "");
        return !allowed.Contains(name, StringComparer.Ordinal)
            ? TypedResults.Problem(
                source is null && allowed.Count > 1 ? "Say which source: '?source=NAME'." : MayNot,
                statusCode: source is null && allowed.Count > 1
                    ? StatusCodes.Status400BadRequest
                    : StatusCodes.Status403Forbidden)
            : PushId.IsValid(id) ? null
            : TypedResults.Problem(BadId, statusCode: StatusCodes.Status400BadRequest);
    }
}
