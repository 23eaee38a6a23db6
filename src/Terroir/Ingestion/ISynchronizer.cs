namespace Terroir.Ingestion;

/// <summary>Brings a source's files into its collection.</summary>
public interface ISynchronizer
{
    /// <summary>Scans a source and commits what was added, changed, moved or deleted.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every batch; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between two batches; what was committed stays.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="SourceUnknownException">There is no such source.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be read.</exception>
    /// <exception cref="LeaseHeldException">Another process writes to the collection.</exception>
    Task<SyncReport> SyncAsync(
        string source,
        SyncOptions options,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken);
}

/// <summary>How to synchronise.</summary>
public sealed record SyncOptions
{
    /// <summary>Accept that many files are gone, where the synchronisation would otherwise stop and ask.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Try quarantined files again although they did not change.</summary>
    public bool RetryQuarantined { get; init; }
}

/// <summary>How far a synchronisation is.</summary>
/// <param name="FileCount">Files found that need reading.</param>
/// <param name="DoneCount">Files read so far.</param>
/// <param name="Path">The file that was read last.</param>
public sealed record SyncProgress(int FileCount, int DoneCount, string Path);

/// <summary>What a synchronisation did.</summary>
/// <param name="Source">The source.</param>
/// <param name="AddedCount">Documents that came.</param>
/// <param name="ChangedCount">Documents that have a new version.</param>
/// <param name="MovedCount">Files found under another path with the same content.</param>
/// <param name="RemovedCount">Documents that went.</param>
/// <param name="StampedCount">Documents whose permissions or label changed.</param>
/// <param name="UnchangedCount">Files that were as before.</param>
/// <param name="QuarantinedCount">Files put in quarantine by this run.</param>
/// <param name="PassageCount">Passages that came.</param>
/// <param name="HeldReason">Why it stopped and asks, or <see langword="null"/>; then nothing was deleted.</param>
/// <param name="Generation">The collection's generation afterwards.</param>
public sealed record SyncReport(
    string Source,
    int AddedCount,
    int ChangedCount,
    int MovedCount,
    int RemovedCount,
    int StampedCount,
    int UnchangedCount,
    int QuarantinedCount,
    int PassageCount,
    string? HeldReason,
    long Generation);
