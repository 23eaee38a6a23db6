using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether a passage can be understood by itself: headings above it, headers over its table, and a text that
/// is whole.</summary>
internal sealed class StructureAxis : IQualityAxis
{
    /// <summary>A text with fewer words is hardly one.</summary>
    internal const int WordCountMin = 15;

    /// <summary>A file of at least this size with hardly a word lost its content somewhere.</summary>
    internal const int ShellSizeBytes = 50_000;

    private const int LastLengthMin = 80;

    public QualityAxis Axis => QualityAxis.Structure;

    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence)
    {
        var (words, headings, run, longest) = (0, 0, 0, 0);
        var (tables, bare) = (0, 0);
        foreach (var block in document.Read.Blocks)
        {
            switch (block)
            {
                case HeadingBlock:
                    headings++;
                    run = 0;
                    break;
                case TableBlock table:
                    tables++;
                    bare += table.HeaderRowCount == 0 && table.Rows.Count > 1 ? 1 : 0;
                    words += table.Rows.Sum(row => row.Cells.Sum(CountWords));
                    break;
                default:
                    var count = CountWords(TextOf(block));
                    words += count;
                    run += count;
                    longest = Math.Max(longest, run);
                    break;
            }
        }

        evidence["text-words"] = words;
        evidence["file-size"] = document.Prepared.Original.Length;
        evidence[Evidence.Headings] = headings;
        evidence[Evidence.LongestRun] = longest;
        evidence[Evidence.Tables] = tables;
        evidence[Evidence.BareTables] = bare;
        evidence[Evidence.CutOff] = IsCutOff(document) ? 1 : 0;
    }

    public AxisJudgement Judge(QualitySubject subject) => subject.Find(Evidence.LongestRun) is null
        ? new AxisJudgement(Axis, Grade: null, [])
        : AxisJudgement.Worst(
            Axis,
            [
                subject["text-words"] >= WordCountMin ? null : new QualityFinding(
                    "nearly-empty",
                    subject["file-size"] >= ShellSizeBytes ? QualityGrade.D : QualityGrade.C,
                    subject["text-words"]),
                subject[Evidence.Headings] > 0 ? null : Rename(
                    subject.Above(Evidence.LongestRun, 600, 1_500, 5_000, 50_000),
                    "headings-missing"),
                subject[Evidence.Headings] == 0 ? null : Rename(
                    subject.Above(Evidence.LongestRun, 1_500, 4_000, 20_000, 100_000),
                    "headings-rare"),
                subject[Evidence.BareTables] == 0 ? null : new QualityFinding(
                    "table-headers-missing",
                    subject[Evidence.BareTables] * 2 > subject[Evidence.Tables] ? QualityGrade.C : QualityGrade.B,
                    subject[Evidence.BareTables]),
                subject[Evidence.CutOff] > 0 ? new QualityFinding("cut-off", QualityGrade.C, 1) : null,
            ]);

    private static QualityFinding? Rename(QualityFinding? finding, string code) =>
        finding is null ? null : finding with { Code = code };

    // Text that ends in the middle of a long paragraph, where nothing closes it.
    private static bool IsCutOff(MeasuredDocument document)
    {
        var last = document.Read.Blocks.LastOrDefault(block => block is not PageBreakBlock);
        var text = last is ParagraphBlock paragraph ? paragraph.Text.TrimEnd() : "";
        return text.Length >= LastLengthMin && (char.IsLetter(text[^1]) || text[^1] is ',' or '-');
    }

    private static string TextOf(Block block) => block switch
    {
        ParagraphBlock paragraph => paragraph.Text,
        ListItemBlock item => item.Text,
        CaptionBlock caption => caption.Text,
        CodeBlock code => code.Text,
        _ => "",
    };

    private static int CountWords(string text)
    {
        var (count, isInside) = (0, false);
        foreach (var letter in text)
        {
            var isWord = char.IsLetterOrDigit(letter);
            count += isWord && !isInside ? 1 : 0;
            isInside = isWord || (isInside && letter is '\'' or '’' or '-');
        }

        return count;
    }
}
