namespace Terroir.Storage.Conformance.Faults;

/// <summary>A store whose calls fail as a plan says.</summary>
internal sealed class FaultyJobStore(IJobStore inner, FaultPlan plan) : IJobStore
{
    public Task<int> EnqueueAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "enqueue", () => inner.EnqueueAsync(jobs, cancellationToken));

    public Task<IReadOnlyList<Job>> ClaimAsync(
        string queue,
        string owner,
        int count,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        plan.RunAsync(
            FaultyMetastore.Name,
            "claim",
            () => inner.ClaimAsync(queue, owner, count, duration, cancellationToken));

    public Task<bool> ExtendAsync(Job job, TimeSpan duration, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "extend", () => inner.ExtendAsync(job, duration, cancellationToken));

    public Task<bool> CompleteAsync(
        Job job,
        IReadOnlyList<JobRequest> followUps,
        CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "complete", () => inner.CompleteAsync(job, followUps, cancellationToken));

    public Task<bool> FailAsync(Job job, string reason, TimeSpan delay, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "fail", () => inner.FailAsync(job, reason, delay, cancellationToken));

    public Task<IReadOnlyList<QueueStatus>> ReadStatusAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "read status", () => inner.ReadStatusAsync(cancellationToken));

    public Task<IReadOnlyList<DeadJob>> ListDeadAsync(CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "list dead", () => inner.ListDeadAsync(cancellationToken));

    public Task<int> ReviveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        plan.RunAsync(FaultyMetastore.Name, "revive", () => inner.ReviveAsync(ids, cancellationToken));
}
