using System.Globalization;
using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether a document speaks to the model that may read it rather than to people: orders, and text that is
/// hidden from the eye (indirect prompt injection; OWASP LLM01).</summary>
/// <remarks>It counts nothing in the overall grade: a poisoned document may be good in all else.</remarks>
internal sealed class PoisoningAxis : IQualityAxis
{
    public QualityAxis Axis => QualityAxis.Poisoning;

    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence)
    {
        evidence[Evidence.Orders] = ModelOrders.CountPoints(document.Text);
        evidence[Evidence.ConcealedCharacters] = document.WrittenTexts.Sum(ConcealedText.Count);
        evidence[Evidence.HiddenPieces] = document.Read.Warnings
            .Where(warning => warning.Code is RemarkCode.HiddenTextLeftOut)
            .Sum(CountOf);
    }

    public AxisJudgement Judge(QualitySubject subject) => subject.Find(Evidence.Orders) is null
        ? new AxisJudgement(Axis, Grade: null, [])
        : AxisJudgement.Worst(
            Axis,
            [
                subject.Above(Evidence.Orders, 0, 0, 1, 5),
                subject.Above(Evidence.ConcealedCharacters, 0, 20, 200),
                subject.Above(Evidence.HiddenPieces, 0),
            ]);

    private static int CountOf(Remark warning) =>
        warning.Values is [var text, ..]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;
}
