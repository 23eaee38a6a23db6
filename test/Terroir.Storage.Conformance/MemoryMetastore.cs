using Terroir.Storage.Conformance.Memory;

namespace Terroir.Storage.Conformance;

/// <summary>A metastore in memory: the reference that other metastores are compared with.</summary>
/// <remarks>Every call changes one immutable state under one lock, so that each is a transaction. Disposing does
/// nothing: a test that reopens a store goes on with the same one. Nothing survives the process.</remarks>
public sealed class MemoryMetastore : IMetastore
{
    private readonly MemoryCell _cell;

    /// <summary>Creates an empty store.</summary>
    /// <param name="timeProvider">The store's clock.</param>
    public MemoryMetastore(TimeProvider timeProvider)
        : this(new MemoryCell(timeProvider))
    {
    }

    private MemoryMetastore(MemoryCell cell)
    {
        _cell = cell;
        Leases = new MemoryLeaseStore(cell);
        Catalog = new MemoryCatalogStore(cell);
        Sources = new MemorySourceStore(cell);
        Jobs = new MemoryJobStore(cell);
        Quality = new MemoryQualityStore(cell);
        Garbage = new MemoryGarbageStore(cell);
        Ledger = new MemoryLedgerStore(cell);
    }

    /// <inheritdoc/>
    public ILeaseStore Leases { get; }

    /// <inheritdoc/>
    public ICatalogStore Catalog { get; }

    /// <inheritdoc/>
    public ISourceStore Sources { get; }

    /// <inheritdoc/>
    public IJobStore Jobs { get; }

    /// <inheritdoc/>
    public IQualityStore Quality { get; }

    /// <inheritdoc/>
    public IGarbageStore Garbage { get; }

    /// <inheritdoc/>
    public ILedgerStore Ledger { get; }

    /// <summary>Copies the store as it is: a backup of its file.</summary>
    /// <returns>The copy, which goes its own way from here.</returns>
    public MemoryMetastore Copy() => new(_cell.Copy());

    /// <inheritdoc/>
    public Task ScrubAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
