using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether a document is the only one, or the newest, with its text. Told by the report, which sees all
/// documents; it never holds one back, since each copy has readers of its own.</summary>
internal sealed class DuplicationAxis : IQualityAxis
{
    public QualityAxis Axis => QualityAxis.Duplication;

    // There is nothing to measure in one document alone: its fingerprint is kept with its version.
    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence)
    {
    }

    public AxisJudgement Judge(QualitySubject subject) => subject.Copies is not { } copies
        ? new AxisJudgement(Axis, Grade: null, [])
        : AxisJudgement.Worst(
            Axis,
            [
                copies.ExactCount == 0 ? null
                    : copies.IsNewest ? new QualityFinding("has-copies", QualityGrade.B, copies.ExactCount)
                    : new QualityFinding("is-older-copy", QualityGrade.D, copies.ExactCount),
                copies.NearCount == 0 ? null
                    : copies.IsNewest ? new QualityFinding("has-versions", QualityGrade.B, copies.NearCount)
                    : new QualityFinding("is-older-version", QualityGrade.D, copies.NearCount),
            ]);
}
