namespace Terroir.Storage.Conformance.Memory;

/// <summary>The events of the ledger.</summary>
internal sealed class MemoryLedgerStore(MemoryCell cell) : ILedgerStore
{
    public Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) =>
        cell.ChangeAsync<long>((state, _) => (Append(state, rows), state.Events.Count), cancellationToken);

    public Task<IReadOnlyList<PlacedLedgerRow>> ReadAsync(
        long from,
        int count,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ILedgerStore.ReadCountMax);
        return cell.ReadAsync<IReadOnlyList<PlacedLedgerRow>>(
            state => [.. Placed(state).Skip((int)from).Take(count)],
            cancellationToken);
    }

    public Task<IReadOnlyList<PlacedLedgerRow>> FindAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<PlacedLedgerRow>>(
            state => [.. Placed(state).Where(placed => Fits(query, placed)).Take(ILedgerStore.ReadCountMax)],
            cancellationToken);

    public Task<int> EraseDetailsAsync(IReadOnlyList<long> places, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) =>
            {
                var found = places.Distinct()
                    .Where(place => place >= 0 && place < state.Events.Count
                        && state.Events[(int)place].Detail is not null)
                    .ToArray();
                var events = found.Aggregate(state.Events, (rows, place) =>
                    rows.SetItem((int)place, rows[(int)place] with { Detail = null }));
                return (state with { Events = events }, found.Length);
            },
            cancellationToken);

    public Task<LedgerState> ReadStateAsync(CancellationToken cancellationToken) =>
        cell.ReadAsync(
            state => new LedgerState(state.Events.Count, state.LedgerSize, state.LedgerCheckpoint),
            cancellationToken);

    public Task<bool> AdvanceAsync(
        long expectedSize,
        long size,
        ReadOnlyMemory<byte> checkpoint,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) => state.LedgerSize == expectedSize
                ? (state with { LedgerSize = size, LedgerCheckpoint = checkpoint.ToArray() }, true)
                : (state, false),
            cancellationToken);

    public Task<bool> RestoreAsync(
        long expectedSize,
        IReadOnlyList<LedgerRow> rows,
        ReadOnlyMemory<byte>? checkpoint,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, _) => state.LedgerSize == expectedSize
                ? (state with
                {
                    Events = state.Events.InsertRange((int)expectedSize, rows),
                    LedgerSize = expectedSize + rows.Count,
                    LedgerCheckpoint = checkpoint?.ToArray() ?? [],
                }, true)
                : (state, false),
            cancellationToken);

    public static MemoryState Append(MemoryState state, IReadOnlyList<LedgerRow> rows) =>
        state with { Events = state.Events.AddRange(rows) };

    private static IEnumerable<PlacedLedgerRow> Placed(MemoryState state) =>
        state.Events.Select((row, index) => new PlacedLedgerRow(index, row));

    private static bool Fits(LedgerQuery query, PlacedLedgerRow placed) =>
        placed.Index >= query.FromIndex
        && (query.From is null || placed.Row.Time >= query.From)
        && (query.To is null || placed.Row.Time < query.To)
        && Fits(query.Kind, placed.Row.Kind)
        && Fits(query.Actor, placed.Row.Actor)
        && Fits(query.Subject, placed.Row.Subject);

    private static bool Fits(string? asked, string? found) =>
        asked is null || string.Equals(asked, found, StringComparison.Ordinal);
}
