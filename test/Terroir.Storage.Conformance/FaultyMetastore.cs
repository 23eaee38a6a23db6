using Terroir.Storage.Conformance.Faults;

namespace Terroir.Storage.Conformance;

/// <summary>A metastore whose calls fail as a plan says.</summary>
/// <param name="inner">The store that does the work; this one disposes it.</param>
/// <param name="plan">The plan.</param>
public sealed class FaultyMetastore(IMetastore inner, FaultPlan plan) : IMetastore
{
    /// <summary>The name in the plan's log.</summary>
    internal const string Name = "metastore";

    /// <inheritdoc/>
    public ILeaseStore Leases { get; } = new FaultyLeaseStore(inner.Leases, plan);

    /// <inheritdoc/>
    public ICatalogStore Catalog { get; } = new FaultyCatalogStore(inner.Catalog, plan);

    /// <inheritdoc/>
    public ISourceStore Sources { get; } = new FaultySourceStore(inner.Sources, plan);

    /// <inheritdoc/>
    public IJobStore Jobs { get; } = new FaultyJobStore(inner.Jobs, plan);

    /// <inheritdoc/>
    public IQualityStore Quality { get; } = new FaultyQualityStore(inner.Quality, plan);

    /// <inheritdoc/>
    public IGarbageStore Garbage { get; } = new FaultyGarbageStore(inner.Garbage, plan);

    /// <inheritdoc/>
    public ILedgerStore Ledger { get; } = new FaultyLedgerStore(inner.Ledger, plan);

    /// <inheritdoc/>
    public Task ScrubAsync(CancellationToken cancellationToken) => plan.RunAsync(Name, "scrub", async () =>
        {
            await inner.ScrubAsync(cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(Name, "check", () => inner.CheckAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
