using System.Globalization;
using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether the text that was read is what the author wrote: the reader's own confidence, pages without text,
/// characters that no author writes, and words that look like none.</summary>
internal sealed class ReadabilityAxis : IQualityAxis
{
    /// <summary>Fewer words are too few to judge by.</summary>
    internal const int WordCountMin = 50;

    /// <summary>With fewer function words than this the text may be in a language that is not known here.</summary>
    internal const double FunctionWordsMin = 0.1;

    /// <summary>Above this share of implausible words a text is in no language of Latin letters: Polish, the furthest
    /// that was tried, has 0.6, and French with each letter moved along the alphabet 0.7 to 0.98.</summary>
    internal const double NoLanguageMin = 0.65;

    // Bytes of UTF-8 read as Windows-1252: a lead byte's letter, then a trail byte's.
    private const string LeadLetters = "ÃÂâÅ";
    private const string TrailLetters = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

    public QualityAxis Axis => QualityAxis.Readability;

    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence)
    {
        var read = document.Read;
        MeasureCharacters(document.Text, evidence);
        evidence[Evidence.ReaderWarnings] = read.Warnings.Count;
        MeasurePages(read, evidence);
        MeasureWords(document, evidence);
    }

    public AxisJudgement Judge(QualitySubject subject) => AxisJudgement.Worst(
        Axis,
        [
            JudgeConfidence(subject),
            subject.Above(Evidence.EmptyPages, 0.05, 0.2, 0.5),
            subject.Above(Evidence.OddCharacters, 0.001, 0.005, 0.03, 0.10),
            subject.Above(Evidence.WrongEncoding, 0, 0.001, 0.005, 0.02),
            JudgeWords(subject),
            JudgeLength(subject),
            subject.Above(Evidence.ReaderWarnings, 0),
        ]);

    private static QualityFinding? JudgeConfidence(QualitySubject subject) =>
        subject.Find(Evidence.Confidence) is not { } value ? null
            : new QualityFinding(
                Evidence.Confidence,
                value >= 0.9 ? QualityGrade.A
                    : value >= 0.75 ? QualityGrade.B
                    : value >= 0.6 ? QualityGrade.C
                    : value >= 0.35 ? QualityGrade.D : QualityGrade.E,
                value);

    private static QualityFinding? JudgeWords(QualitySubject subject)
    {
        if (subject[Evidence.Words] < WordCountMin
            || subject.Above(Evidence.ImplausibleWords, 0.06, 0.13, 0.21, 0.3) is not { } finding)
        {
            return null;
        }

        var mayBeForeign = subject[Evidence.FunctionWords] < FunctionWordsMin && finding.Value <= NoLanguageMin;
        return mayBeForeign && finding.Grade > QualityGrade.D
            ? finding with { Grade = QualityGrade.D }
            : finding;
    }

    private static QualityFinding? JudgeLength(QualitySubject subject) =>
        subject[Evidence.Words] < WordCountMin || subject.Find(Evidence.WordLength) is not { } value ? null
            : value switch
            {
                < 2 or > 14 => new QualityFinding(Evidence.WordLength, QualityGrade.E, value),
                < 2.7 or > 9 => new QualityFinding(Evidence.WordLength, QualityGrade.C, value),
                _ => null,
            };

    // A page of which nothing was read says nothing of the text that there is: it counts as empty.
    private static void MeasurePages(ExtractedDocument read, IDictionary<string, double> evidence)
    {
        var filled = read.Blocks.Where(block => block is not PageBreakBlock).Select(block => block.Place.Page)
            .OfType<int>().ToHashSet();
        var pages = read.Pages.Where(page => page.Confidence > 0 && (filled.Count == 0 || filled.Contains(page.Page)))
            .ToArray();
        if (pages.Length > 0)
        {
            evidence[Evidence.Confidence] = Round(pages.Average(page => page.Confidence));
            evidence[Evidence.EmptyPages] = Round(1 - (pages.Length / (double)read.Pages.Count));
        }
    }

    private static void MeasureCharacters(string text, IDictionary<string, double> evidence)
    {
        var (odd, wrong, letters, signs) = (0, 0, 0, 0);
        var before = '\0';
        foreach (var letter in text)
        {
            signs += char.IsWhiteSpace(letter) ? 0 : 1;
            letters += char.IsLetter(letter) ? 1 : 0;
            odd += IsOdd(letter) ? 1 : 0;
            wrong += LeadLetters.Contains(before) && IsTrail(letter) ? 1 : 0;
            before = letter;
        }

        evidence[Evidence.OddCharacters] = Round(odd / (double)Math.Max(1, signs));
        evidence[Evidence.WrongEncoding] = Round(wrong / (double)Math.Max(1, letters));
    }

    private static void MeasureWords(MeasuredDocument document, IDictionary<string, double> evidence)
    {
        // The pairs of letters are those of two languages; others are told by the text alone.
        if (document.Prepared.Language is not ("fr" or "en" or ""))
        {
            return;
        }

        var words = new WordCount();
        foreach (var text in document.RunningTexts)
        {
            words.Add(text);
        }

        evidence[Evidence.Words] = words.Count;
        if (words.Count > 0)
        {
            evidence[Evidence.ImplausibleWords] = Round(words.ImplausibleCount / (double)words.Count);
            evidence[Evidence.FunctionWords] = Round(words.FunctionCount / (double)words.TokenCount);
            evidence[Evidence.WordLength] = Round(words.LetterCount / (double)words.TokenCount);
        }
    }

    private static bool IsTrail(char letter) => letter is >= '\u0080' and <= '\u00BF' || TrailLetters.Contains(letter);

    // Signs of private fonts are bullets in nearly every office file, so they are not counted.
    private static bool IsOdd(char letter) => letter == '\uFFFD'
        || char.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.Control => letter is not ('\n' or '\r' or '\t'),
            UnicodeCategory.OtherNotAssigned => true,
            _ => false,
        };

    private static double Round(double value) => Math.Round(value, 4);
}
