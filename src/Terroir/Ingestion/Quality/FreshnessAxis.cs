using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether a document is still of its time: the age of its last change against what counts as fresh in its
/// collection, and the end of its validity where it is known.</summary>
internal sealed class FreshnessAxis : IQualityAxis
{
    /// <summary>From this many days before the end of its validity a document should be renewed.</summary>
    internal const int EndingDays = 30;

    public QualityAxis Axis => QualityAxis.Freshness;

    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence)
    {
        // A date before 1971 is a clock or a program that knew none.
        if (document.Prepared.ModifiedAt.UtcDateTime.Year > 1970)
        {
            evidence[Evidence.ChangedDay] = Number(document.Prepared.ModifiedAt);
        }

        if (document.Prepared.ValidUntil is { } last)
        {
            evidence[Evidence.ValidUntilDay] = Number(last);
        }
    }

    public AxisJudgement Judge(QualitySubject subject)
    {
        var today = Number(subject.Today);
        var findings = new List<QualityFinding?>();
        if (subject.Find(Evidence.ChangedDay) is { } changed)
        {
            var age = today - changed;
            var grade = age <= subject.FreshDays ? QualityGrade.A
                : age <= 2.0 * subject.FreshDays ? QualityGrade.B
                : age <= 4.0 * subject.FreshDays ? QualityGrade.C
                : age <= 8.0 * subject.FreshDays ? QualityGrade.D
                : QualityGrade.E;
            findings.Add(new QualityFinding("old", grade, age));
        }
        else
        {
            findings.Add(new QualityFinding("age-unknown", QualityGrade.C, 0));
        }

        if (subject.Find(Evidence.ValidUntilDay) is { } end)
        {
            var left = end - today;
            findings.Add(left < 0 ? new QualityFinding("expired", QualityGrade.E, -left)
                : left < EndingDays ? new QualityFinding("expires-soon", QualityGrade.C, left)
                : null);
        }

        return AxisJudgement.Worst(Axis, findings);
    }

    private static double Number(DateOnly day) =>
        Number(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    private static double Number(DateTimeOffset time) => Math.Floor((time - DateTimeOffset.UnixEpoch).TotalDays);
}
