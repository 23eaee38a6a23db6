namespace Terroir.Lineage.Runs;

/// <summary>A run of a job that the ledger tells of: what it read and what it made. Ids and commitments only.</summary>
/// <param name="Job">The job: <c>ingest/SOURCE</c>, <c>index/COLLECTION</c> or <c>answer</c>.</param>
/// <param name="Place">The place in the ledger of the event that tells of it.</param>
/// <param name="Time">When the event was logged.</param>
/// <param name="Part">Which part it is of what was too much for one event, from 0.</param>
public sealed record LineageRun(string Job, long Place, DateTimeOffset Time, int Part = 0)
{
    /// <summary>How many data sets one event names at most.</summary>
    public const int DatasetCountMax = 256;

    /// <summary>What it read.</summary>
    public IReadOnlyList<RunDataset> Inputs { get; init; } = [];

    /// <summary>What it made.</summary>
    public IReadOnlyList<RunDataset> Outputs { get; init; } = [];

    /// <summary>What else the event tells, by name; may be empty.</summary>
    public IReadOnlyList<LineageFact> Facts { get; init; } = [];

    /// <summary>The code of the error with which it failed; <see langword="null"/> if it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>Something that a run read or made.</summary>
/// <param name="Name">Its name in the site: <c>source/NAME</c>, <c>document/ID</c>, <c>collection/NAME</c> or
/// <c>answer/RECEIPT</c>.</param>
/// <param name="Version">Its version: a hash; <see langword="null"/> where it has none.</param>
public sealed record RunDataset(string Name, string? Version = null);
