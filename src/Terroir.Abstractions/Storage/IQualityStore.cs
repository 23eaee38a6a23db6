using Terroir.Documents;

namespace Terroir.Storage;

/// <summary>What people let through although a rule would hold it, and how good the documents were over time.</summary>
public interface IQualityStore
{
    /// <summary>The most days that are kept for one collection; the oldest go first.</summary>
    const int DayCountMax = 1_000;

    /// <summary>Lets a content of a source through; a second time changes nothing.</summary>
    /// <param name="release">What, and who it was by its path.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    Task SaveReleaseAsync(QualityRelease release, CancellationToken cancellationToken);

    /// <summary>Lists what was let through of a source, by content.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The releases.</returns>
    Task<IReadOnlyList<QualityRelease>> ListReleasesAsync(string source, CancellationToken cancellationToken);

    /// <summary>Takes a release back.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveReleaseAsync(string source, ContentHash content, CancellationToken cancellationToken);

    /// <summary>Keeps what the last complete listing of a source found, in place of the one before.</summary>
    /// <param name="account">What it found.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    Task SaveAccountAsync(SourceAccount account, CancellationToken cancellationToken);

    /// <summary>Reads what the last complete listing of a source found.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What it found; <see langword="null"/> before the first.</returns>
    Task<SourceAccount?> FindAccountAsync(string source, CancellationToken cancellationToken);

    /// <summary>Keeps figures for their day (UTC), in place of those of the same collection and day; then only the
    /// newest <see cref="DayCountMax"/> days of each collection stay.</summary>
    /// <param name="figures">The figures; of one collection and day the last counts.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when they are durable.</returns>
    Task SaveFiguresAsync(IReadOnlyList<QualityFigures> figures, CancellationToken cancellationToken);

    /// <summary>Reads the trend of a collection, oldest day first.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The figures.</returns>
    Task<IReadOnlyList<QualityFigures>> ListFiguresAsync(
        CollectionId collection,
        CancellationToken cancellationToken);
}

/// <summary>A content that a person let through.</summary>
/// <param name="Source">The source.</param>
/// <param name="Content">The hash of the bytes.</param>
/// <param name="Path">Where it was then; for people.</param>
/// <param name="ReleasedAt">When, to the millisecond.</param>
public sealed record QualityRelease(string Source, ContentHash Content, string Path, DateTimeOffset ReleasedAt);

/// <summary>What a complete listing of a source found.</summary>
/// <param name="Source">The source.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="FoundCount">Items that are to be read.</param>
/// <param name="IgnoredCount">Items that a rule leaves out.</param>
public sealed record SourceAccount(string Source, DateTimeOffset At, int FoundCount, int IgnoredCount);

/// <summary>How good the documents of a collection were at one time.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Counts">How many live documents had the overall grade A, B, C, D, E, and how many none: six.</param>
/// <param name="Points">The mean of each axis in the order of <see cref="QualityAxis"/>, from 4 (A) to 0 (E).</param>
/// <param name="HeldCount">How many files were held.</param>
/// <param name="UnreadCount">How many files were in quarantine for another reason.</param>
public sealed record QualityFigures(
    CollectionId Collection,
    DateTimeOffset At,
    IReadOnlyList<int> Counts,
    IReadOnlyList<double> Points,
    int HeldCount,
    int UnreadCount)
{
    /// <summary>The day, in UTC.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);
}
