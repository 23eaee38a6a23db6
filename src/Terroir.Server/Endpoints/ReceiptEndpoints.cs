using Terroir.Access;
using Terroir.Audit;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>The receipts of answers, for those who asked. An operator may see what is signed, not what opens it.
/// </summary>
internal static class ReceiptEndpoints
{
    /// <summary>The media type of a receipt.</summary>
    public const string BundleType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    public static IEndpointRouteBuilder MapReceipts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/receipts/{id}")
            .RecogniseCaller(Roles.Reader | Roles.Operator | Roles.Auditor, KeyScopes.Ask)
            .WithTags("Receipts")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", (HttpContext context, IReceiptKeeper keeper, string id, CancellationToken stop) =>
                SendAsync(context, keeper, id, BundleType, "json", kept => kept.Bundle, stop))
            .WithName("ReadReceipt")
            .WithSummary("Downloads the receipt of an answer: a Sigstore bundle.")
            .Produces(StatusCodes.Status200OK, contentType: BundleType);
        group.MapGet("/proof", (HttpContext context, IReceiptKeeper keeper, string id, CancellationToken stop) =>
                SendAsync(context, keeper, id, "text/plain; charset=utf-8", "tlog-proof", kept => kept.Proof, stop))
            .WithName("ReadReceiptProof")
            .WithSummary("Downloads the proof that the receipt is logged, under the latest checkpoint.")
            .Produces(StatusCodes.Status200OK, contentType: "text/plain");
        group.MapGet("/openings", (HttpContext context, IReceiptKeeper keeper, string id, CancellationToken stop) =>
                SendAsync(
                    context, keeper, id, "application/json", "openings.json", kept => kept.Openings, stop,
                    isForAskerOnly: true))
            .WithName("ReadReceiptOpenings")
            .WithSummary("Downloads what shows question, answer and passages. For who asked alone.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        return routes;
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        IReceiptKeeper keeper,
        string id,
        string mediaType,
        string extension,
        Func<KeptReceipt, ReadOnlyMemory<byte>> part,
        CancellationToken cancellationToken,
        bool isForAskerOnly = false)
    {
        if (!ContentHash.TryParse(id, out var hash)
            || await keeper.FindAsync(hash, cancellationToken) is not { } kept
            || !MaySee(context.Caller(), kept, isForAskerOnly))
        {
            return TypedResults.Problem(
                "There is no such receipt, or it is not yours.",
                statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(part(kept).ToArray(), mediaType, $"receipt-{hash.Hex[..12]}.{extension}");
    }

    private static bool MaySee(Caller? caller, KeptReceipt kept, bool isForAskerOnly) =>
        (caller is not null && (caller.Roles & (Roles.Operator | Roles.Auditor)) != Roles.None && !isForAskerOnly)
        || (caller is { Asker: { Collections: null } asker } && caller.Roles.HasFlag(Roles.Reader)
            && string.Equals(Principal.User(asker.User), kept.Asker, StringComparison.Ordinal));
}
