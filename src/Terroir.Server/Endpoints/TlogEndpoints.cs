using Terroir.Audit;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Server.Callers;

namespace Terroir.Server.Endpoints;

/// <summary>The ledger as the specification serves it (C2SP tlog-tiles): for everybody who can reach the server, since
/// it holds commitments and nothing else.</summary>
internal static class TlogEndpoints
{
    /// <summary>The path of the log.</summary>
    public const string Prefix = "/tlog";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapTlog(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Prefix).AllowEverybody().ExcludeFromDescription();
        group.MapMethods("/checkpoint", Methods, ReadCheckpointAsync);
        group.MapMethods($"/{MinimumIndex.FileName}", Methods, ReadMinimumIndexAsync);
        group.MapMethods("/tile/{**name}", Methods, ReadTileAsync);
        return routes;
    }

    private static async Task<IResult> ReadCheckpointAsync(
        HttpContext context,
        ILedger ledger,
        LedgerWitnessing witnessing,
        CancellationToken cancellationToken)
    {
        // Where there are witnesses, what they saw: whoever asks for a quorum could use nothing newer.
        context.Response.Headers.CacheControl = "no-cache";
        var cosigned = await witnessing.ReadCheckpointAsync(cancellationToken);
        return (cosigned ?? await ledger.ReadCheckpointAsync(cancellationToken)) is { } note
            ? TypedResults.Bytes(note, "text/plain; charset=utf-8")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> ReadMinimumIndexAsync(
        HttpContext context,
        LedgerPruning pruning,
        CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return await pruning.ReadNoteAsync(cancellationToken) is { } note
            ? TypedResults.Bytes(note, "text/plain; charset=utf-8")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> ReadTileAsync(
        HttpContext context,
        ILedger ledger,
        LedgerPruning pruning,
        string name,
        CancellationToken cancellationToken)
    {
        if (!TilePath.TryParse($"tile/{name}", out var path)
            || !path.IsKept(await pruning.ReadIndexAsync(cancellationToken))
            || await ledger.ReadAsync(path, cancellationToken) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        // A tile never changes. A partial one may go, once the full one is there.
        context.Response.Headers.CacheControl = "public, max-age=604800, immutable";
        return TypedResults.Bytes(bytes, "application/octet-stream");
    }
}
