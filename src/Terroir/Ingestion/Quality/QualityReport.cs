using System.Text.Json.Serialization;
using Terroir.Documents;
using Terroir.Ingestion.Remarks;
using Terroir.Storage;

namespace Terroir.Ingestion.Quality;

/// <summary>How good the documents of a site are, and what to fix first. For operators: it counts and names documents
/// that others may not read.</summary>
public sealed record QualityReport
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The collections by name.</summary>
    public required IReadOnlyList<CollectionQuality> Collections { get; init; }

    /// <summary>The sources by name.</summary>
    public required IReadOnlyList<SourceQuality> Sources { get; init; }

    /// <summary>What to fix, greatest effect first.</summary>
    public required IReadOnlyList<QualityFix> Fixes { get; init; }

    /// <summary>The worst documents, worst first; at most <see cref="QualityReader.WorstCountMax"/>.</summary>
    public required IReadOnlyList<GradedDocument> Worst { get; init; }

    /// <summary>The files that a rule holds, by source and path.</summary>
    public required IReadOnlyList<GradedDocument> Held { get; init; }
}

/// <summary>How good the documents of a collection are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Overall">How many documents have the overall grade A, B, C, D, E, and how many none: six.</param>
/// <param name="Axes">The same for each axis, in the order of <see cref="QualityAxis"/>.</param>
/// <param name="HeldCount">How many files a rule holds.</param>
/// <param name="UnreadCount">How many files are in quarantine for another reason.</param>
/// <param name="Trend">The figures of each day, oldest first.</param>
public sealed record CollectionQuality(
    string Name,
    IReadOnlyList<int> Overall,
    IReadOnlyList<IReadOnlyList<int>> Axes,
    int HeldCount,
    int UnreadCount,
    IReadOnlyList<QualityFigures> Trend)
{
    /// <summary>How many documents are live.</summary>
    public int DocumentCount => Overall.Sum();
}

/// <summary>The account of a source: what became of its files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Collection">The collection that it feeds.</param>
/// <param name="FoundCount">Files that were found and not ignored.</param>
/// <param name="IgnoredCount">Files and folders that a rule leaves out; <see langword="null"/> before it was read.
/// </param>
/// <param name="DocumentCount">Documents that answer: files, and files inside them.</param>
/// <param name="WarnedCount">Those of them that a rule lists as poor.</param>
/// <param name="ReleasedCount">Those of them that a person let through.</param>
/// <param name="HeldCount">Files that a rule holds.</param>
/// <param name="FormerCount">Held files whose former version answers.</param>
/// <param name="Unread">Files in quarantine for another reason, by reason.</param>
public sealed record SourceQuality(
    string Name,
    string Collection,
    int FoundCount,
    int? IgnoredCount,
    int DocumentCount,
    int WarnedCount,
    int ReleasedCount,
    int HeldCount,
    int FormerCount,
    IReadOnlyDictionary<UnreadableReason, int> Unread);

/// <summary>Something to fix in several documents.</summary>
/// <param name="Code">What it is; see <see cref="QualityFinding.Code"/>.</param>
/// <param name="Axis">The axis that it is on.</param>
/// <param name="DocumentCount">In how many documents and held files.</param>
/// <param name="Effect">How many grades all documents together would gain, weighted as in the overall grade.</param>
public sealed record QualityFix(string Code, QualityAxis Axis, int DocumentCount, double Effect);

/// <summary>A document or held file with its grades.</summary>
/// <param name="Source">Its source.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="Path">Its path.</param>
/// <param name="Title">Its title; empty for a held file.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Overall">The overall grade as of the report.</param>
/// <param name="Grades">A letter for each axis; <c>-</c> where there is no grade.</param>
/// <param name="Findings">What makes it worse than A, by effect; the first is what to fix first.</param>
/// <param name="HasFormer">Whether its former version answers while it is held.</param>
/// <param name="Remarks">What its reader could not do well, such as which pages to scan anew; empty for a held file.
/// </param>
public sealed record GradedDocument(
    string Source,
    string Collection,
    string Path,
    string Title,
    QualityVerdict Verdict,
    [property: JsonConverter(typeof(JsonStringEnumConverter<QualityGrade>))] QualityGrade Overall,
    string Grades,
    IReadOnlyList<QualityFinding> Findings,
    bool HasFormer,
    [property: JsonIgnore] IReadOnlyList<Remark> Remarks)
{
    /// <summary>The remarks in English.</summary>
    public IReadOnlyList<string> Warnings => [.. Remarks.Select(RemarkText.English.Describe)];
}
