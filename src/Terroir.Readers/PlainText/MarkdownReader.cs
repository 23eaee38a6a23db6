using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Terroir.Documents;
using Block = Terroir.Documents.Block;

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
        var blocks = new List<Block>();
        foreach (var block in Markdown.Parse(TextDecoder.Decode(content.Span), Pipeline))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(block, blocks, depth: 0, number: null);
        }

        return new ExtractedDocument { MediaType = "text/markdown", Reader = Name, Blocks = blocks };
    }

    private static void Add(MarkdownObject item, List<Block> blocks, int depth, int? number)
    {
        switch (item)
        {
            case Markdig.Syntax.HeadingBlock heading:
                blocks.Add(new Documents.HeadingBlock(heading.Level, Text(heading.Inline), Place(heading)));
                break;
            case Markdig.Syntax.ParagraphBlock paragraph:
                blocks.Add(new Documents.ParagraphBlock(Text(paragraph.Inline), Place(paragraph)));
                break;
            case Table table:
                blocks.Add(Convert(table));
                break;
            case ListBlock list:
                AddList(list, blocks, depth);
                break;
            case Markdig.Extensions.Yaml.YamlFrontMatterBlock:
            case HtmlBlock:
                break;
            case LeafBlock { Lines.Count: > 0 } code:
                blocks.Add(new Documents.CodeBlock(code.Lines.ToString(), Place(code)));
                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Add(child, blocks, depth, number);
                }

                break;
        }
    }

    private static void AddList(ListBlock list, List<Block> blocks, int depth)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart ?? "1",
            System.Globalization.CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<Markdig.Syntax.ListItemBlock>())
        {
            var isFirst = true;
            foreach (var child in item)
            {
                if (child is Markdig.Syntax.ParagraphBlock text && isFirst)
                {
                    blocks.Add(new Documents.ListItemBlock(
                        depth,
                        list.IsOrdered ? number++ : null,
                        Text(text.Inline),
                        Place(item)));
                    isFirst = false;
                }
                else
                {
                    Add(child, blocks, depth + 1, number: null);
                }
            }
        }
    }

    private static TableBlock Convert(Table table)
    {
        var rows = table.OfType<Markdig.Extensions.Tables.TableRow>().ToArray();
        return new TableBlock(
            [
                .. rows.Select(row => new Documents.TableRow(
                    [.. row.OfType<TableCell>().Select(CellText)],
                    Place(row))),
            ],
            rows.Count(row => row.IsHeader),
            Place(table));
    }

    private static string CellText(TableCell cell) =>
        string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Text(leaf.Inline)));

    private static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines?.Descendants() ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LineBreakInline { IsHard: true } => "\n",
                LineBreakInline => " ",
                _ => "",
            });
        }

        return text.ToString().Trim();
    }

    private static SourcePlace Place(MarkdownObject item) => new() { Line = item.Line + 1 };
}
