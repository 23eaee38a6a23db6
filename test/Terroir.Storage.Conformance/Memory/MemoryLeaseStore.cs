namespace Terroir.Storage.Conformance.Memory;

/// <summary>Leases. A released one is remembered, so that its epoch never repeats.</summary>
internal sealed class MemoryLeaseStore(MemoryCell cell) : ILeaseStore
{
    public Task<Lease?> AcquireAsync(
        string name,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return cell.ChangeAsync<Lease?>(
            (state, now) =>
            {
                var old = state.Leases.GetValueOrDefault(name);
                if (old is not null && old.Until > now && !string.Equals(old.Owner, owner, StringComparison.Ordinal))
                {
                    return (state, null);
                }

                var lease = new Lease(name, owner, (old?.Epoch ?? 0) + 1, now + duration);
                var end = old is null || old.Until > now ? now : old.Until;
                var next = state.LetGo(staging => IsUnder(staging, name), _ => end);
                return (next with { Leases = state.Leases.SetItem(name, lease) }, lease);
            },
            cancellationToken);
    }

    public Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return cell.ChangeAsync<Lease?>(
            (state, now) =>
            {
                if (!state.Holds(lease.Fence, now))
                {
                    return (state, null);
                }

                var renewed = lease with { Until = now + duration };
                return (state with { Leases = state.Leases.SetItem(lease.Name, renewed) }, renewed);
            },
            cancellationToken);
    }

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) => state.Holds(lease.Fence, now)
                ? (state with { Leases = state.Leases.SetItem(lease.Name, lease with { Until = now }) }, true)
                : (state, false),
            cancellationToken);

    private static bool IsUnder(MemoryStaging staging, string lease) =>
        string.Equals(staging.Fence.Lease, lease, StringComparison.Ordinal);
}
