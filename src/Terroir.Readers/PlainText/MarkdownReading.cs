using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Terroir.Documents;
using Terroir.Readers.Web;
using Block = Terroir.Documents.Block;

namespace Terroir.Readers.PlainText;

/// <summary>One pass over parsed Markdown.</summary>
internal sealed class MarkdownReading(ReadLimits limits, CancellationToken cancellationToken)
{
    public List<Block> Blocks { get; } = [];

    public void AddAll(IEnumerable<Markdig.Syntax.Block> items)
    {
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(item, depth: 0);
        }
    }

    private void Add(MarkdownObject item, int depth)
    {
        switch (item)
        {
            case Markdig.Syntax.HeadingBlock heading:
                Blocks.Add(new Documents.HeadingBlock(heading.Level, Text(heading.Inline), Place(heading)));
                break;
            case Markdig.Syntax.ParagraphBlock paragraph:
                Blocks.Add(new Documents.ParagraphBlock(Text(paragraph.Inline), Place(paragraph)));
                break;
            case Table table:
                Blocks.Add(Convert(table));
                break;
            case ListBlock list:
                AddList(list, depth);
                break;
            case Markdig.Extensions.Yaml.YamlFrontMatterBlock or LinkReferenceDefinitionGroup:
                break;
            case HtmlBlock html:
                AddHtml(html, depth);
                break;
            case LeafBlock { Lines.Count: > 0 } code:
                Blocks.Add(new Documents.CodeBlock(code.Lines.ToString(), Place(code)));
                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Add(child, depth);
                }

                break;
        }
    }

    private void AddHtml(HtmlBlock html, int depth)
    {
        var place = Place(html);
        foreach (var block in HtmlReader.ReadFragment(html.Lines.ToString(), limits, cancellationToken))
        {
            Blocks.Add(block switch
            {
                Documents.ListItemBlock item => item with { Depth = item.Depth + depth, Place = place },
                _ => block with { Place = place },
            });
        }
    }

    private void AddList(ListBlock list, int depth)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart ?? "1", NumberStyles.None,
            CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<Markdig.Syntax.ListItemBlock>())
        {
            var isFirst = true;
            foreach (var child in item)
            {
                if (child is Markdig.Syntax.ParagraphBlock text && isFirst)
                {
                    Blocks.Add(new Documents.ListItemBlock(
                        depth,
                        list.IsOrdered ? number++ : null,
                        Text(text.Inline),
                        Place(item)));
                }
                else
                {
                    Add(child, depth + 1);
                }

                isFirst = false;
            }
        }
    }

    private static TableBlock Convert(Table table)
    {
        var rows = table.OfType<Markdig.Extensions.Tables.TableRow>().ToArray();
        return new TableBlock(
            [
                .. rows.Select(row => new Documents.TableRow(
                    [
                        .. row.OfType<TableCell>().Select(cell =>
                            string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Text(leaf.Inline)))),
                    ],
                    Place(row))),
            ],
            rows.Count(row => row.IsHeader),
            Place(table));
    }

    private static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        Append(inlines, text);
        return text.ToString().Trim();
    }

    private static void Append(ContainerInline? inlines, StringBuilder text)
    {
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LinkInline link:
                    var shown = new StringBuilder();
                    Append(link, shown);
                    text.Append(Links.Mark(shown.ToString(), link.IsImage ? null : link.Url));
                    break;
                case ContainerInline container:
                    Append(container, text);
                    break;
                default:
                    text.Append(Leaf(inline));
                    break;
            }
        }
    }

    private static string Leaf(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        AutolinkInline link => link.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        HtmlInline { Tag: "<br>" or "<br/>" or "<br />" } => "\n",
        LineBreakInline { IsHard: true } => "\n",
        LineBreakInline => " ",
        _ => "",
    };

    private static SourcePlace Place(MarkdownObject item) => new() { Line = item.Line + 1 };
}
