using System.Text.RegularExpressions;
using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Whether a document says what it is: title, authors, date and language. Each thing that is missing costs a
/// grade; formats that cannot hold authors and dates lose one grade for both.</summary>
internal sealed partial class MetadataAxis : IQualityAxis
{
    private const int ProbeLength = 2_000;

    public QualityAxis Axis => QualityAxis.Metadata;

    public void Measure(MeasuredDocument document, IDictionary<string, double> evidence)
    {
        var read = document.Read;
        var hasHeading = read.Blocks.OfType<HeadingBlock>().Any(heading => !string.IsNullOrWhiteSpace(heading.Text));
        evidence[Evidence.Title] = !string.IsNullOrWhiteSpace(read.Title) ? 2 : hasHeading ? 1 : 0;
        evidence[Evidence.EmptyName] = EmptyName().IsMatch(DocumentPreparer.TitleFromName(document.Path)) ? 1 : 0;
        evidence[Evidence.Authors] = read.Authors.Count(author => !string.IsNullOrWhiteSpace(author));
        evidence[Evidence.Dated] = read.ModifiedAt is not null || read.CreatedAt is not null ? 1 : 0;
        evidence[Evidence.HasProperties] = HasProperties(read.MediaType) ? 1 : 0;
        evidence[Evidence.Language] = read.Language is { Length: > 0 } || IsTellable(document) ? 1 : 0;
    }

    public AxisJudgement Judge(QualitySubject subject)
    {
        if (subject.Find(Evidence.Title) is null)
        {
            return new AxisJudgement(Axis, Grade: null, []);
        }

        var codes = new List<string>();
        if (subject[Evidence.Title] < 1)
        {
            codes.Add("title-missing");
            if (subject[Evidence.EmptyName] > 0)
            {
                codes.Add("name-empty");
            }
        }

        AddProperties(subject, codes);
        if (subject[Evidence.Language] < 1)
        {
            codes.Add("language-unknown");
        }

        // Each costs a grade, and the first of the list is what to do first.
        var grade = (QualityGrade)Math.Min(codes.Count, (int)QualityGrade.E);
        return new AxisJudgement(Axis, grade, [.. codes.Select(code => new QualityFinding(code, grade, 1))]);
    }

    private static void AddProperties(QualitySubject subject, List<string> codes)
    {
        var (isAnonymous, isUndated) = (subject[Evidence.Authors] < 1, subject[Evidence.Dated] < 1);
        if (subject[Evidence.HasProperties] < 1)
        {
            if (isAnonymous && isUndated)
            {
                codes.Add("format-without-properties");
            }

            return;
        }

        if (isAnonymous)
        {
            codes.Add("author-missing");
        }

        if (isUndated)
        {
            codes.Add("date-missing");
        }
    }

    private static bool HasProperties(string mediaType) =>
        !mediaType.StartsWith("text/", StringComparison.Ordinal)
        && !mediaType.StartsWith("image/", StringComparison.Ordinal)
        && mediaType is not ("application/json" or "application/xml" or "application/rtf");

    private static bool IsTellable(MeasuredDocument document)
    {
        var words = new WordCount();
        foreach (var text in document.RunningTexts)
        {
            words.Add(text.Length > ProbeLength ? text[..ProbeLength] : text);
            if (words.FunctionCount > 0)
            {
                return true;
            }
        }

        return words.Count == 0;
    }

    [GeneratedRegex(
        @"^(?:scan|scanned|img|image|dsc|doc|document|page|untitled|sans titre|nouveau|new|fichier|file|copie|copy|"
        + @"classeur|book|presentation|présentation|pièce jointe|attachment|noname|output|export|temp|tmp|test)?"
        + @"[\s._()\d-]*(?:microsoft word|de)?[\s._()\d-]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex EmptyName();
}
