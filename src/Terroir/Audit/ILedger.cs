using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>The running ledger of a site: what happened, in an order that nobody can change afterwards.</summary>
/// <remarks>Safe to call from several threads and processes at once. The files are <c>docs/formats/ledger.md</c>.
/// </remarks>
public interface ILedger : ITileSource
{
    /// <summary>The key that verifies the checkpoints. Its name is the origin of the log.</summary>
    VerifierKey Key { get; }

    /// <summary>Why the ledger stopped; <see langword="null"/> if it did not, or this process did not use it yet.
    /// </summary>
    LedgerForkedException? Fault { get; }

    /// <summary>Appends events.</summary>
    /// <param name="rows">The events, in order; at least one.</param>
    /// <param name="cancellationToken">Stops the waiting before the events are written.</param>
    /// <returns>The place of the first, from 0. When the call returns, the events are durable in the metastore and in
    /// tiles, and a signed checkpoint counts them.</returns>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    /// <exception cref="StorageFailedException">A store failed; the events may or may not be logged.</exception>
    Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken);

    /// <summary>Appends events without waiting for tiles and checkpoint: those of the next second, or of the next 256
    /// events, count them.</summary>
    /// <param name="rows">The events, in order; at least one.</param>
    /// <param name="cancellationToken">Stops the waiting before the events are written.</param>
    /// <returns>The place of the first, from 0. When the call returns, the events are durable in the metastore. While
    /// tiles cannot be written, it waits for them, and fails with them, as <see cref="AppendAsync"/> does.</returns>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    /// <exception cref="StorageFailedException">A store failed; the events may or may not be logged.</exception>
    Task<long> RecordAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken);

    /// <summary>Brings events that are rows already into tiles, and signs a checkpoint.</summary>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many events the ledger has.</returns>
    /// <exception cref="LedgerForkedException">The ledger is not one history any more.</exception>
    Task<long> FlushAsync(CancellationToken cancellationToken);

    /// <summary>Proves that an event is logged: under the latest checkpoint that witnesses cosigned, else the latest.
    /// </summary>
    /// <param name="index">The place of the event.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The proof; <see langword="null"/> if no checkpoint counts the event yet.</returns>
    Task<LogProof?> ProveAsync(long index, CancellationToken cancellationToken);

    /// <summary>Proves that events are logged, all under one checkpoint.</summary>
    /// <param name="indexes">The places of the events.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The proofs, in the order of the places; <see langword="null"/> if no checkpoint counts all events yet.
    /// </returns>
    Task<LogProofs?> ProveAsync(IReadOnlyList<long> indexes, CancellationToken cancellationToken);

    /// <summary>Reads the latest checkpoint.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The signed note; <see langword="null"/> before the first.</returns>
    ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken);
}
