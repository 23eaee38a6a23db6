namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultyLedgerStore(ILedgerStore inner, FaultPlan plan) : ILedgerStore
{
    public Task<long> AppendAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "append to ledger", () => inner.AppendAsync(rows, cancellationToken));

    public Task<IReadOnlyList<PlacedLedgerRow>> ReadAsync(
        long from,
        int count,
        CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "read ledger", () => inner.ReadAsync(from, count, cancellationToken));

    public Task<IReadOnlyList<PlacedLedgerRow>> FindAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "find in ledger", () => inner.FindAsync(query, cancellationToken));

    public Task<int> EraseDetailsAsync(IReadOnlyList<long> places, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "erase from ledger",
            () => inner.EraseDetailsAsync(places, cancellationToken));

    public Task<LedgerState> ReadStateAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "read ledger state", () => inner.ReadStateAsync(cancellationToken));

    public Task<bool> AdvanceAsync(
        long expectedSize,
        long size,
        ReadOnlyMemory<byte> checkpoint,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "advance ledger",
            () => inner.AdvanceAsync(expectedSize, size, checkpoint, cancellationToken));

    public Task<bool> RestoreAsync(
        long expectedSize,
        IReadOnlyList<LedgerRow> rows,
        ReadOnlyMemory<byte>? checkpoint,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "restore ledger",
            () => inner.RestoreAsync(expectedSize, rows, checkpoint, cancellationToken));
}
