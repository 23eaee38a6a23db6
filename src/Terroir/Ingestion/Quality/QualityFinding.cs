using System.Text.Json.Serialization;
using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Something that makes a document worse than A on an axis.</summary>
/// <param name="Code">What it is, such as <c>odd-characters</c>; the words for it are the console's.</param>
/// <param name="Grade">The grade that it alone would give.</param>
/// <param name="Value">The number that it rests on.</param>
public sealed record QualityFinding(
    string Code,
    [property: JsonConverter(typeof(JsonStringEnumConverter<QualityGrade>))] QualityGrade Grade,
    double Value);

/// <summary>A grade on one axis, and what it rests on.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Grade">The grade; <see langword="null"/> if it cannot be told.</param>
/// <param name="Findings">What makes it worse than A, worst first; empty at A.</param>
public sealed record AxisJudgement(QualityAxis Axis, QualityGrade? Grade, IReadOnlyList<QualityFinding> Findings)
{
    /// <summary>The grade of the worst finding.</summary>
    internal static AxisJudgement Worst(QualityAxis axis, IEnumerable<QualityFinding?> findings)
    {
        var found = findings.OfType<QualityFinding>().Where(finding => finding.Grade > QualityGrade.A)
            .OrderByDescending(finding => finding.Grade)
            .ToArray();
        return new AxisJudgement(axis, found.Length > 0 ? found[0].Grade : QualityGrade.A, found);
    }
}
