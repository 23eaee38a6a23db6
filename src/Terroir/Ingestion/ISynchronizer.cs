using Terroir.Sources;

namespace Terroir.Ingestion;

/// <summary>Brings a source's files into its collection.</summary>
public interface ISynchronizer
{
    /// <summary>Scans a source and commits what was added, changed, moved or deleted: first what stops answering or
    /// has fewer readers, then new content in batches.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every batch; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between two batches; what was committed stays.</param>
    /// <returns>What was done; a source that is paused meanwhile stops between two batches too.</returns>
    /// <exception cref="SourceUnknownException">There is no such source.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be read.</exception>
    /// <exception cref="LeaseHeldException">The source is being synchronised, or another process writes to the
    /// collection.</exception>
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

    /// <summary>How urgent its files are beside those of others.</summary>
    public ReadingPriority Priority { get; init; } = ReadingPriority.Background;

    /// <summary>Tell what would be done, and write nothing.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>How far a synchronisation is. It is told after each commit, so that what it counts is durable.</summary>
/// <param name="FileCount">Files found that need reading.</param>
/// <param name="DoneCount">Files read so far.</param>
/// <param name="Path">The file that was read last.</param>
public sealed record SyncProgress(int FileCount, int DoneCount, string Path)
{
    /// <summary>Documents that came, changed or moved so far.</summary>
    public int DocumentCount { get; init; }

    /// <summary>Files put in quarantine so far.</summary>
    public int QuarantinedCount { get; init; }

    /// <summary>How long the rest will take at the pace so far; <see langword="null"/> before there is one.</summary>
    public TimeSpan? Remaining { get; init; }
}

/// <summary>What a synchronisation did. Every file of the folder is a document, or several, or in quarantine, or
/// ignored by a rule; an archive of which entries were left out is both of the first.</summary>
public sealed record SyncReport
{
    /// <summary>The source.</summary>
    public required string Source { get; init; }

    /// <summary>Files that were found and not ignored.</summary>
    public int FileCount { get; init; }

    /// <summary>Documents that came.</summary>
    public int AddedCount { get; init; }

    /// <summary>Documents that have a new version.</summary>
    public int ChangedCount { get; init; }

    /// <summary>Documents that came under another path with the content of one that went.</summary>
    public int MovedCount { get; init; }

    /// <summary>Documents that went for good.</summary>
    public int RemovedCount { get; init; }

    /// <summary>Documents whose permissions or label changed.</summary>
    public int StampedCount { get; init; }

    /// <summary>Files that were as before.</summary>
    public int UnchangedCount { get; init; }

    /// <summary>Files, folders and permissions put in quarantine by this run.</summary>
    public int QuarantinedCount { get; init; }

    /// <summary>Those of them that were read, and are held for their quality.</summary>
    public int HeldCount { get; init; }

    /// <summary>Passages that came.</summary>
    public int PassageCount { get; init; }

    /// <summary>What was left out by rule.</summary>
    public IgnoredFiles Ignored { get; init; } = IgnoredFiles.None;

    /// <summary>What a person should mend in the folder: permissions that could not be understood, names that nobody
    /// has, folders that could not be looked into.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; init; } = [];

    /// <summary>Why it stopped and asks, or <see langword="null"/>; then nothing was deleted or read.</summary>
    public string? HeldReason { get; init; }

    /// <summary>Whether this is what would be done: nothing was written, and items are counted.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The bytes of items that would be read, as far as the source tells sizes; of a dry run.</summary>
    public long ToReadBytes { get; init; }

    /// <summary>How long reading them would take, measured on a sample of at most 16 of them; of a dry run.</summary>
    public TimeSpan? EstimatedDuration { get; init; }

    /// <summary>The collection's generation afterwards.</summary>
    public long Generation { get; init; }
}
