using System.Text;
using Terroir.Catalog;
using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>One axis: what it measures when a document is read, and how it judges that later.</summary>
internal interface IQualityAxis
{
    /// <summary>Which one.</summary>
    QualityAxis Axis { get; }

    /// <summary>Measures a document that was read.</summary>
    /// <param name="document">The document.</param>
    /// <param name="evidence">Where the measures go, by code.</param>
    void Measure(MeasuredDocument document, IDictionary<string, double> evidence);

    /// <summary>Judges by the measures. The same subject always gives the same judgement.</summary>
    /// <param name="subject">The measures, and what may change without reading.</param>
    AxisJudgement Judge(QualitySubject subject);
}

/// <summary>A document that was read, before it is indexed.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Read">What the reader made of it.</param>
/// <param name="Prepared">What would be indexed.</param>
internal sealed record MeasuredDocument(string Path, ExtractedDocument Read, PreparedDocument Prepared)
{
    /// <summary>The text that would be indexed.</summary>
    public string Text { get; } = Encoding.UTF8.GetString(Prepared.Text.Span);

    /// <summary>Each text as the file has it, with what the eye does not see.</summary>
    public IEnumerable<string> WrittenTexts => RunningTexts.Concat(
        Read.Blocks.OfType<TableBlock>().SelectMany(table => table.Rows).SelectMany(row => row.Cells));

    /// <summary>The text of each block of running text.</summary>
    public IEnumerable<string> RunningTexts => Read.Blocks.Select(block => block switch
    {
        HeadingBlock heading => heading.Text,
        ParagraphBlock paragraph => paragraph.Text,
        ListItemBlock item => item.Text,
        CaptionBlock caption => caption.Text,
        _ => "",
    }).Where(text => text.Length > 0);
}
