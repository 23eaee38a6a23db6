using Markdig;
using Markdig.Syntax;
using Terroir.Documents;

namespace Terroir.Readers.PlainText;

/// <summary>Markdown with pipe tables; the marks go, the structure stays.</summary>
internal sealed class MarkdownReader : FormatReader
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().Build();

    public override string Name => "markdown";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.Decode(content.Span);
        TextBounds.Check(text.Length, limits);
        var document = new ExtractedDocument { MediaType = "text/markdown", Reader = Name, Blocks = [] };
        if (Parse(text) is not { } parsed)
        {
            return document with
            {
                Blocks = PlainTextReader.Paragraphs(text),
                Warnings = [new Remark(RemarkCode.MarksTooDeep)],
            };
        }

        var reading = new MarkdownReading(limits, cancellationToken);
        reading.AddAll(parsed);
        return document with { Blocks = reading.Blocks };
    }

    private static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // The parser's own guard against nesting.
            return null;
        }
    }
}
