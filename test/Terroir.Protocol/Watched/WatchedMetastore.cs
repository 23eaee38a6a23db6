namespace Terroir.Protocol.Watched;

/// <summary>The metastore as one process sees it; the witness is told of every change that is accepted.</summary>
internal sealed class WatchedMetastore : IMetastore
{
    private readonly IMetastore _inner;
    private readonly WatchedLeaseStore _leases;

    /// <summary>Watches a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="witness">Who is told.</param>
    /// <param name="time">The metastore's clock.</param>
    /// <param name="published">Told of each publication of this process, after the witness.</param>
    public WatchedMetastore(IMetastore inner, Witness witness, TimeProvider time, Action<Publication> published)
    {
        _inner = inner;
        _leases = new WatchedLeaseStore(inner.Leases, witness, time);
        Catalog = new WatchedCatalogStore(inner.Catalog, witness, published);
        Garbage = new WatchedGarbageStore(inner.Garbage, witness);
    }

    /// <summary>The lease under which this process collects garbage; <see langword="null"/> before it did.</summary>
    public Fence? Collector => _leases.Collector;

    public ILeaseStore Leases => _leases;

    public ICatalogStore Catalog { get; }

    public ISourceStore Sources => _inner.Sources;

    public IJobStore Jobs => _inner.Jobs;

    public IQualityStore Quality => _inner.Quality;

    public IGarbageStore Garbage { get; }

    public ILedgerStore Ledger => _inner.Ledger;

    public Task ScrubAsync(CancellationToken cancellationToken) => _inner.ScrubAsync(cancellationToken);

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) =>
        _inner.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Leases: an epoch is never given twice, and two owners never hold one lease.</summary>
internal sealed class WatchedLeaseStore(ILeaseStore inner, Witness witness, TimeProvider time) : ILeaseStore
{
    public Fence? Collector { get; private set; }

    public async Task<Lease?> AcquireAsync(
        string name,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        var lease = await inner.AcquireAsync(name, owner, duration, cancellationToken);
        if (lease is null)
        {
            return null;
        }

        var old = witness.Rows.Leases.GetValueOrDefault(name);
        if (old is not null && (lease.Epoch <= old.Epoch || old.Until > time.GetUtcNow()))
        {
            witness.Note("I5", $"{name} epoch {lease.Epoch} was given while epoch {old.Epoch} was held or newer");
        }

        Set(lease);
        if (string.Equals(name, "gc", StringComparison.Ordinal))
        {
            Collector = lease.Fence;
        }

        return lease;
    }

    public async Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        var renewed = await inner.RenewAsync(lease, duration, cancellationToken);
        if (renewed is not null)
        {
            witness.CheckFence(lease.Fence, "a renewal");
            Set(renewed);
        }
        else
        {
            witness.Count("renewal refused");
        }

        return renewed;
    }

    public async Task ReleaseAsync(Lease lease, CancellationToken cancellationToken)
    {
        await inner.ReleaseAsync(lease, cancellationToken);
        var now = time.GetUtcNow();
        if (witness.Rows.Holds(lease.Fence, now))
        {
            Set(lease with { Until = now });
        }
    }

    private void Set(Lease lease) =>
        witness.Change(witness.Rows with { Leases = witness.Rows.Leases.SetItem(lease.Name, lease) });
}

/// <summary>Garbage: only the collector marks and confirms.</summary>
internal sealed class WatchedGarbageStore(IGarbageStore inner, Witness witness) : IGarbageStore
{
    public async Task<IReadOnlyList<StoredObject>?> MarkAsync(
        TimeSpan grace,
        int count,
        Fence fence,
        CancellationToken cancellationToken)
    {
        var marked = await inner.MarkAsync(grace, count, fence, cancellationToken);
        if (marked is not null)
        {
            witness.CheckFence(fence, "a marking");
            var hashes = marked.Select(item => item.Hash);
            witness.Change(witness.Rows with { Doomed = witness.Rows.Doomed.Union(hashes) });
        }

        return marked;
    }

    public async Task<bool> ConfirmAsync(
        IReadOnlyList<ContentHash> objects,
        Fence fence,
        CancellationToken cancellationToken)
    {
        var isConfirmed = await inner.ConfirmAsync(objects, fence, cancellationToken);
        if (isConfirmed)
        {
            witness.CheckFence(fence, "a confirmation");
            witness.Change(witness.Rows with { Doomed = witness.Rows.Doomed.Except(objects) });
        }

        return isConfirmed;
    }

    public Task<IReadOnlySet<ContentHash>> FindKnownAsync(
        IReadOnlyList<ContentHash> objects,
        CancellationToken cancellationToken) => inner.FindKnownAsync(objects, cancellationToken);

    public Task<IReadOnlyList<PackUsage>> ReadPackUsageAsync(
        CollectionId collection,
        CancellationToken cancellationToken) => inner.ReadPackUsageAsync(collection, cancellationToken);
}
