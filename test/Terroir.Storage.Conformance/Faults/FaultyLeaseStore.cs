namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultyLeaseStore(ILeaseStore inner, FaultPlan plan) : ILeaseStore
{
    public Task<Lease?> AcquireAsync(
        string name,
        string owner,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "acquire lease",
            () => inner.AcquireAsync(name, owner, duration, cancellationToken));

    public Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "renew lease",
            () => inner.RenewAsync(lease, duration, cancellationToken));

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "release lease", () => inner.ReleaseAsync(lease, cancellationToken));
}
