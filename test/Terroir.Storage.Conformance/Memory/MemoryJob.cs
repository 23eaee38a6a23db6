namespace Terroir.Storage.Conformance.Memory;

/// <summary>A job that is not done.</summary>
internal sealed record MemoryJob
{
    public required long Id { get; init; }

    public required JobRequest Request { get; init; }

    public required DateTimeOffset RunAt { get; init; }

    public MemoryJobState State { get; init; }

    public int AttemptCount { get; init; }

    public long Fence { get; init; }

    public DateTimeOffset Until { get; init; }

    public string Error { get; init; } = "";

    public bool IsActive => State != MemoryJobState.Dead;

    public bool IsReady(DateTimeOffset now) =>
        (State == MemoryJobState.Waiting && RunAt <= now) || (State == MemoryJobState.Running && Until <= now);

    public Job Claimed => new(Id, Request.Queue, Request.Collection, Request.Payload, AttemptCount, Fence, Until);
}

/// <summary>What a job is doing.</summary>
internal enum MemoryJobState
{
    /// <summary>It waits for a worker or for its time.</summary>
    Waiting,

    /// <summary>A worker has claimed it.</summary>
    Running,

    /// <summary>It was given up.</summary>
    Dead,
}
