using Terroir.Provenance.Notes;
using Terroir.Server.Callers;
using Terroir.Server.Models;
using Terroir.Server.Witnesses;

namespace Terroir.Server.Endpoints;

/// <summary>This site as a witness (C2SP tlog-witness), for the logs that the operator declared. A log proves itself by
/// its signature, so nobody signs in.</summary>
internal static class WitnessEndpoints
{
    /// <summary>The path of the witness.</summary>
    public const string Prefix = "/witness";

    public static IEndpointRouteBuilder MapWitness(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Prefix).ExcludeFromDescription();
        group.MapPost("/add-checkpoint", AddCheckpointAsync).AdmitAs("witness:log");
        group.MapGet("/checkpoint/{log}", ReadCheckpointAsync).AllowEverybody();
        return routes;
    }

    private static async Task<IResult> AddCheckpointAsync(
        HttpContext context,
        SiteWitness witness,
        CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        try
        {
            await using var bounded = new BoundedStream(context.Request.Body, AddCheckpointRequest.LengthMax);
            await bounded.CopyToAsync(body, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return TypedResults.Text("The request is too long.\n", statusCode: StatusCodes.Status400BadRequest);
        }

        var answer = await witness.AnswerAsync(body.ToArray(), cancellationToken);
        return TypedResults.Text(answer.Body, answer.ContentType, statusCode: answer.Status);
    }

    // Not of the specification: a log that is told to be smaller than it was can see its own signature.
    private static async Task<IResult> ReadCheckpointAsync(
        HttpContext context,
        SiteWitness witness,
        string log,
        CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return ContentHash.TryParse(log, out var id) && await witness.ReadAsync(id, cancellationToken) is { } note
            ? TypedResults.Bytes(note, WitnessAnswer.TextType)
            : TypedResults.NotFound();
    }
}
