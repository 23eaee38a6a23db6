using Terroir.Audit;
using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Retrieval.Encoders;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>The state of a site, for its operator.</summary>
/// <param name="Product">The product and its version.</param>
/// <param name="Collections">The collections by name.</param>
/// <param name="Sources">The sources by name.</param>
/// <param name="Quarantine">The files that could not be read, by source and path.</param>
/// <param name="Jobs">The queues by name.</param>
/// <param name="Ledger">The ledger and its witnesses.</param>
public sealed record SiteStatus(
    string Product,
    IReadOnlyList<CollectionStatus> Collections,
    IReadOnlyList<SourceStatus> Sources,
    IReadOnlyList<QuarantinedFile> Quarantine,
    IReadOnlyList<QueueStatus> Jobs,
    LedgerStatus Ledger);

/// <summary>The ledger.</summary>
/// <param name="Size">How many events its checkpoint counts.</param>
/// <param name="WitnessedSize">How many the newest one counts that enough witnesses cosigned; <see langword="null"/>
/// without one.</param>
/// <param name="Fault">Why the ledger stopped, as far as this process knows.</param>
/// <param name="Witnesses">What came of the last question to each witness, where this process asked them.</param>
public sealed record LedgerStatus(
    long Size,
    long? WitnessedSize,
    string? Fault,
    IReadOnlyList<WitnessView> Witnesses);

/// <summary>A collection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Generation">Its newest generation.</param>
/// <param name="PublishedAt">When that was published.</param>
/// <param name="Documents">How many documents are live.</param>
/// <param name="Passages">How many passages they have.</param>
/// <param name="Segments">How many segments hold them.</param>
/// <param name="Vectors">How far the vectors of its passages are; <see langword="null"/> without an encoder.</param>
/// <param name="Grades">How good they were when they were last graded; <see langword="null"/> before the first
/// synchronisation.</param>
public sealed record CollectionStatus(
    string Name,
    long Generation,
    DateTimeOffset PublishedAt,
    int Documents,
    int Passages,
    int Segments,
    EmbeddingState? Vectors,
    CollectionGrades? Grades);

/// <summary>How good the documents of a collection are, as the last synchronisation that changed it, or the first of
/// the day, found them. <c>terroir quality</c> grades them anew.</summary>
/// <param name="At">When they were graded.</param>
/// <param name="Counts">How many have the overall grade A, B, C, D, E, and how many none: six.</param>
/// <param name="GoodShare">The share of A and B among those with a grade, 0 to 1; <see langword="null"/> if none has.
/// </param>
public sealed record CollectionGrades(DateTimeOffset At, IReadOnlyList<int> Counts, double? GoodShare)
{
    internal static CollectionGrades From(QualityFigures figures) => new(
        figures.At,
        figures.Counts,
        GradeCounts.GoodShare(figures.Counts) is { } share ? Math.Round(share, 4) : null);
}

/// <summary>A source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Collection">The collection that it feeds.</param>
/// <param name="Kind">The kind of connector.</param>
/// <param name="Location">Where it reads.</param>
/// <param name="SyncedAt">When it was last read to its end.</param>
/// <param name="HeldReason">Why it is stopped until a person confirms.</param>
public sealed record SourceStatus(
    string Name,
    string Collection,
    string Kind,
    string Location,
    DateTimeOffset? SyncedAt,
    string? HeldReason);

/// <summary>A file in quarantine.</summary>
/// <param name="Source">Its source.</param>
/// <param name="Path">Its path there.</param>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Advice">What to do, in the language that was asked for.</param>
/// <param name="Remarks">The same as codes with values; <c>said</c> is a sentence that was stored in words.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="TriedAt">When it was last tried.</param>
public sealed record QuarantinedFile(
    string Source,
    string Path,
    UnreadableReason Reason,
    string Advice,
    IReadOnlyList<Remark> Remarks,
    int Attempts,
    DateTimeOffset TriedAt);
