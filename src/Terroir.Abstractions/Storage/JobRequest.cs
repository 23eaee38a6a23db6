namespace Terroir.Storage;

/// <summary>Work to be done once, later.</summary>
/// <param name="Queue">The kind of work, such as <c>merge</c>, <c>gc</c> or <c>sync</c>.</param>
/// <param name="Collection">The collection that it is for: claims go round the collections in turn.</param>
/// <param name="Payload">What the worker needs; at most 64 KiB.</param>
/// <param name="DedupeKey">While a job with this key waits or runs, another is not added; <see langword="null"/> for
/// none.</param>
/// <param name="RunAt">Not before this time; <see langword="null"/> for now.</param>
public sealed record JobRequest(
    string Queue,
    CollectionId Collection,
    string Payload,
    string? DedupeKey = null,
    DateTimeOffset? RunAt = null);

/// <summary>A job that a worker has claimed.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Queue">The kind of work.</param>
/// <param name="Collection">The collection.</param>
/// <param name="Payload">What the worker needs.</param>
/// <param name="AttemptCount">How often it was claimed, this time included.</param>
/// <param name="Fence">Grows at every claim; completion must name it.</param>
/// <param name="LeaseUntil">When another worker may claim it.</param>
public sealed record Job(
    long Id,
    string Queue,
    CollectionId Collection,
    string Payload,
    int AttemptCount,
    long Fence,
    DateTimeOffset LeaseUntil);

/// <summary>How many jobs of a queue are in each state.</summary>
/// <param name="Queue">The kind of work.</param>
/// <param name="WaitingCount">Waiting, due or not.</param>
/// <param name="RunningCount">Claimed.</param>
/// <param name="DeadCount">Given up after the last attempt.</param>
/// <param name="OldestDueAt">Since when the oldest waiting job is due, or <see langword="null"/>.</param>
public sealed record QueueStatus(
    string Queue,
    int WaitingCount,
    int RunningCount,
    int DeadCount,
    DateTimeOffset? OldestDueAt);

/// <summary>A job that was given up.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Queue">The kind of work.</param>
/// <param name="Collection">The collection.</param>
/// <param name="AttemptCount">How often it was tried.</param>
/// <param name="Error">What the last attempt reported: a code and a sentence, without content.</param>
public sealed record DeadJob(long Id, string Queue, CollectionId Collection, int AttemptCount, string Error);
