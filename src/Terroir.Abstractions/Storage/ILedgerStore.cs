namespace Terroir.Storage;

/// <summary>The events of the site's ledger as rows, and how far the tiles of the object store hold them.</summary>
/// <remarks>A row never changes its place once a checkpoint counts it. The ledger is <c>docs/formats/ledger.md</c>.
/// </remarks>
public interface ILedgerStore
{
    /// <summary>How many rows one reading returns at most.</summary>
    const int ReadCountMax = 4_096;

    /// <summary>Appends events, in order and without a gap, in one transaction.</summary>
    /// <param name="rows">The events; at least one.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>The place of the first, from 0. When the call returns, all are durable.</returns>
    Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken);

    /// <summary>Reads events by place.</summary>
    /// <param name="from">The first place.</param>
    /// <param name="count">How many at most; 1 to <see cref="ReadCountMax"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The rows that are there, in order.</returns>
    Task<IReadOnlyList<PlacedLedgerRow>> ReadAsync(long from, int count, CancellationToken cancellationToken);

    /// <summary>Finds events by what the site knows of them, in order.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The rows, at most <see cref="ReadCountMax"/>.</returns>
    Task<IReadOnlyList<PlacedLedgerRow>> FindAsync(LedgerQuery query, CancellationToken cancellationToken);

    /// <summary>Erases what opens events: <see cref="LedgerRow.Detail"/>. The entries stay, and prove as before.
    /// </summary>
    /// <param name="places">The places; one without a row is no error.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>How many had something to erase.</returns>
    Task<int> EraseDetailsAsync(IReadOnlyList<long> places, CancellationToken cancellationToken);

    /// <summary>Reads how far the ledger is.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The state.</returns>
    Task<LedgerState> ReadStateAsync(CancellationToken cancellationToken);

    /// <summary>Notes that the tiles hold more rows, if they held as many as is expected.</summary>
    /// <param name="expectedSize">How many rows the tiles held.</param>
    /// <param name="size">How many they hold now.</param>
    /// <param name="checkpoint">The signed checkpoint that says so.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether it was noted; <see langword="false"/> when somebody else was first.</returns>
    Task<bool> AdvanceAsync(
        long expectedSize,
        long size,
        ReadOnlyMemory<byte> checkpoint,
        CancellationToken cancellationToken);

    /// <summary>Puts back rows that the tiles hold and the store lost (rebuild and restore). Rows that no tile holds
    /// move behind them.</summary>
    /// <param name="expectedSize">How many rows the store knows the tiles to hold: the place of the first.</param>
    /// <param name="rows">The rows; at least one.</param>
    /// <param name="checkpoint">A signed checkpoint for them, if this is their end.</param>
    /// <param name="cancellationToken">Stops the call before its transaction; never in it.</param>
    /// <returns>Whether they were put back; <see langword="false"/> when somebody else was first.</returns>
    Task<bool> RestoreAsync(
        long expectedSize,
        IReadOnlyList<LedgerRow> rows,
        ReadOnlyMemory<byte>? checkpoint,
        CancellationToken cancellationToken);
}
