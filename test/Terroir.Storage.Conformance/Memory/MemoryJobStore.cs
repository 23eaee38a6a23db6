using System.Text;

namespace Terroir.Storage.Conformance.Memory;

/// <summary>Jobs; one that is done is forgotten.</summary>
internal sealed class MemoryJobStore(MemoryCell cell) : IJobStore
{
    private const int ReasonLengthMax = 2_000;
    private const int DeadCountMax = 1_000;

    public Task<int> EnqueueAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken) =>
        cell.ChangeAsync((state, now) => Add(state, jobs, now), cancellationToken);

    public Task<IReadOnlyList<Job>> ClaimAsync(
        string queue,
        string owner,
        int count,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return cell.ChangeAsync<IReadOnlyList<Job>>(
            (state, now) =>
            {
                state = BuryExhausted(state, queue, now);
                var claimed = InTurn(state, queue, now).Take(count)
                    .Select(job => job with
                    {
                        State = MemoryJobState.Running,
                        AttemptCount = job.AttemptCount + 1,
                        Fence = job.Fence + 1,
                        Until = now + duration,
                    })
                    .ToArray();
                foreach (var job in claimed)
                {
                    var number = state.LastNumber + 1;
                    state = state with
                    {
                        Jobs = state.Jobs.SetItem(job.Id, job),
                        Turns = state.Turns.SetItem((queue, job.Request.Collection), number),
                        LastNumber = number,
                    };
                }

                return (state, [.. claimed.Select(job => job.Claimed)]);
            },
            cancellationToken);
    }

    public Task<bool> ExtendAsync(Job job, TimeSpan duration, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) => Held(state, job, now) is { } held
                ? (Set(state, held with { Until = now + duration }), true)
                : (state, false),
            cancellationToken);

    public Task<bool> CompleteAsync(
        Job job,
        IReadOnlyList<JobRequest> followUps,
        CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) => Held(state, job, now) is null
                ? (state, false)
                : (Add(state with { Jobs = state.Jobs.Remove(job.Id) }, followUps, now).State, true),
            cancellationToken);

    public Task<bool> FailAsync(Job job, string reason, TimeSpan delay, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) =>
            {
                if (Held(state, job, now) is not { } held)
                {
                    return (state, false);
                }

                var isLast = held.AttemptCount >= IJobStore.AttemptCountMax;
                var failed = held with
                {
                    State = isLast ? MemoryJobState.Dead : MemoryJobState.Waiting,
                    RunAt = now + delay,
                    Error = reason.Length > ReasonLengthMax ? reason[..ReasonLengthMax] : reason,
                };
                return (Set(state, failed), true);
            },
            cancellationToken);

    public Task<IReadOnlyList<QueueStatus>> ReadStatusAsync(CancellationToken cancellationToken) =>
        cell.ChangeAsync<IReadOnlyList<QueueStatus>>(
            (state, now) => (state, [
                .. state.Jobs.Values.GroupBy(job => job.Request.Queue, StringComparer.Ordinal)
                    .OrderBy(queue => queue.Key, StringComparer.Ordinal)
                    .Select(queue => new QueueStatus(
                        queue.Key,
                        queue.Count(job => job.State == MemoryJobState.Waiting),
                        queue.Count(job => job.State == MemoryJobState.Running),
                        queue.Count(job => job.State == MemoryJobState.Dead),
                        queue.Where(job => job.State == MemoryJobState.Waiting && job.RunAt <= now)
                            .Min(job => (DateTimeOffset?)job.RunAt))),
            ]),
            cancellationToken);

    public Task<IReadOnlyList<DeadJob>> ListDeadAsync(CancellationToken cancellationToken) =>
        cell.ReadAsync<IReadOnlyList<DeadJob>>(
            state =>
            [
                .. state.Jobs.Values.Where(job => job.State == MemoryJobState.Dead)
                    .OrderByDescending(job => job.Id)
                    .Take(DeadCountMax)
                    .Select(job => new DeadJob(
                        job.Id,
                        job.Request.Queue,
                        job.Request.Collection,
                        job.AttemptCount,
                        job.Error)),
            ],
            cancellationToken);

    public Task<int> ReviveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        cell.ChangeAsync(
            (state, now) =>
            {
                var count = 0;
                foreach (var id in ids)
                {
                    if (state.Jobs.TryGetValue(id, out var job)
                        && job.State == MemoryJobState.Dead
                        && !IsTaken(state, job.Request))
                    {
                        var waiting = job with { State = MemoryJobState.Waiting, AttemptCount = 0, RunAt = now };
                        state = Set(state, waiting);
                        count++;
                    }
                }

                return (state, count);
            },
            cancellationToken);

    internal static (MemoryState State, int Count) Add(
        MemoryState state,
        IReadOnlyList<JobRequest> jobs,
        DateTimeOffset now)
    {
        var count = 0;
        foreach (var request in jobs)
        {
            if (Encoding.UTF8.GetByteCount(request.Payload) > IJobStore.PayloadLengthMax)
            {
                throw new ArgumentException("The payload of a job has at most 64 KiB.", nameof(jobs));
            }

            if (!IsTaken(state, request))
            {
                var id = state.LastNumber + 1;
                var job = new MemoryJob { Id = id, Request = request, RunAt = request.RunAt ?? now };
                state = state with { Jobs = state.Jobs.Add(id, job), LastNumber = id };
                count++;
            }
        }

        return (state, count);
    }

    // The first job of every collection, then the second of every collection; among equals the collection that has
    // waited longest since it was served.
    private static IEnumerable<MemoryJob> InTurn(MemoryState state, string queue, DateTimeOffset now) =>
        state.Jobs.Values.Where(job => IsOf(job, queue) && job.IsReady(now))
            .GroupBy(job => job.Request.Collection)
            .SelectMany(collection => collection.OrderBy(job => job.RunAt).ThenBy(job => job.Id).Index())
            .OrderBy(entry => entry.Index)
            .ThenBy(entry => state.Turns.GetValueOrDefault((queue, entry.Item.Request.Collection)))
            .ThenBy(entry => entry.Item.Id)
            .Select(entry => entry.Item);

    // A worker that dies with the job each time must not keep it for ever.
    private static MemoryState BuryExhausted(MemoryState state, string queue, DateTimeOffset now) =>
        state.Jobs.Values
            .Where(job => IsOf(job, queue)
                && job.State == MemoryJobState.Running
                && job.Until <= now
                && job.AttemptCount >= IJobStore.AttemptCountMax)
            .Aggregate(state, (next, job) => Set(next, job with
            {
                State = MemoryJobState.Dead,
                Error = "the worker stopped without an answer",
            }));

    private static MemoryJob? Held(MemoryState state, Job job, DateTimeOffset now) =>
        state.Jobs.TryGetValue(job.Id, out var held)
        && held.State == MemoryJobState.Running
        && held.Fence == job.Fence
        && held.Until > now
            ? held
            : null;

    private static MemoryState Set(MemoryState state, MemoryJob job) =>
        state with { Jobs = state.Jobs.SetItem(job.Id, job) };

    private static bool IsTaken(MemoryState state, JobRequest request) =>
        request.DedupeKey is { } key && state.Jobs.Values.Any(job =>
            job.IsActive
            && IsOf(job, request.Queue)
            && string.Equals(job.Request.DedupeKey, key, StringComparison.Ordinal));

    private static bool IsOf(MemoryJob job, string queue) =>
        string.Equals(job.Request.Queue, queue, StringComparison.Ordinal);
}
