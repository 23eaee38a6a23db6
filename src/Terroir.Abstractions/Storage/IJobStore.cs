namespace Terroir.Storage;

/// <summary>A table of jobs: at least once, with a lease and a fence for each, a dead letter after the last
/// attempt, and collections served in turn.</summary>
public interface IJobStore
{
    /// <summary>How often a job is tried before it is given up.</summary>
    const int AttemptCountMax = 5;

    /// <summary>The greatest length of a payload, in bytes of UTF-8.</summary>
    const int PayloadLengthMax = 64 << 10;

    /// <summary>Adds jobs; one whose dedupe key is taken is left out.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many were added.</returns>
    /// <exception cref="ArgumentException">A payload is longer than <see cref="PayloadLengthMax"/>; none was added.
    /// </exception>
    Task<int> EnqueueAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken);

    /// <summary>Claims jobs that are due, or whose worker let its lease end.</summary>
    /// <param name="queue">The kind of work.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="count">How many at most; 1 to 100.</param>
    /// <param name="duration">How long each is claimed; positive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The jobs: one collection after the other, oldest first in each, beginning with the collection that was
    /// served least recently in this queue.</returns>
    Task<IReadOnlyList<Job>> ClaimAsync(
        string queue,
        string owner,
        int count,
        TimeSpan duration,
        CancellationToken cancellationToken);

    /// <summary>Extends a claim.</summary>
    /// <param name="job">The job.</param>
    /// <param name="duration">How long from now; positive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was still held.</returns>
    Task<bool> ExtendAsync(Job job, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Ends a job that is done, and adds what follows from it, in one transaction.</summary>
    /// <param name="job">The job.</param>
    /// <param name="followUps">Jobs that follow; may be empty.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was still held; if not, nothing was changed.</returns>
    Task<bool> CompleteAsync(Job job, IReadOnlyList<JobRequest> followUps, CancellationToken cancellationToken);

    /// <summary>Gives a job back for another try, or to the dead letters after the last.</summary>
    /// <param name="job">The job.</param>
    /// <param name="reason">A code and a sentence, without content; at most 2,000 characters are kept.</param>
    /// <param name="delay">How long to wait before the next try.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was still held.</returns>
    Task<bool> FailAsync(Job job, string reason, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Counts the jobs of every queue, by name.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The counts.</returns>
    Task<IReadOnlyList<QueueStatus>> ReadStatusAsync(CancellationToken cancellationToken);

    /// <summary>Lists jobs that were given up, newest first, at most 1,000.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The jobs.</returns>
    Task<IReadOnlyList<DeadJob>> ListDeadAsync(CancellationToken cancellationToken);

    /// <summary>Puts dead jobs back with no attempts counted.</summary>
    /// <param name="ids">Their numbers.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>How many came back.</returns>
    Task<int> ReviveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
