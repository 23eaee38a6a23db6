using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether it is known who should read a document: a label is set, and permissions do not contradict it, or
/// what the document itself says.</summary>
internal sealed class SensitivityAxis : IQualityAxis
{
    private const int LineLengthMax = 80;

    private static readonly string[] Markings =
    [
        "CONFIDENTIEL", "CONFIDENTIAL", "DIFFUSION RESTREINTE", "RESTRICTED", "SECRET MÉDICAL", "SECRET MEDICAL",
        "NE PAS DIFFUSER", "DO NOT DISTRIBUTE",
    ];

    public QualityAxis Axis => QualityAxis.Sensitivity;

    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence) =>
        evidence[Evidence.Marked] = document.RunningTexts.Any(IsMarking) ? 1 : 0;

    public AxisJudgement Judge(QualitySubject subject)
    {
        if (subject.Sensitivity is { } known)
        {
            return new AxisJudgement(Axis, known, []);
        }

        var isOpen = subject.Access.Allow.Contains(AccessList.Everyone, StringComparer.Ordinal);
        var isSecret = subject.Label is "confidentiel" or "secret";
        var (code, grade) = (subject.Label.Length > 0, isOpen, subject.Access.Allow.Count) switch
        {
            (true, true, _) when isSecret => ("open-although-labelled", QualityGrade.E),
            (false, true, _) when subject[Evidence.Marked] > 0 => ("open-although-marked", QualityGrade.E),
            (_, _, 0) => ("nobody-reads", QualityGrade.D),
            (false, true, _) => ("open-without-label", QualityGrade.C),
            (false, false, _) => ("label-missing", QualityGrade.B),
            _ => ("", QualityGrade.A),
        };
        return AxisJudgement.Worst(Axis, [new QualityFinding(code, grade, 1)]);
    }

    // A line of its own in capitals, as a stamp or a header has it: running text may well speak of confidential things.
    private static bool IsMarking(string text) => text.Length <= LineLengthMax
        && Array.Exists(Markings, marking => text.Contains(marking, StringComparison.Ordinal)
            || string.Equals(text.Trim(' ', '.', '!', '-', '–', '*'), marking, StringComparison.OrdinalIgnoreCase));
}
