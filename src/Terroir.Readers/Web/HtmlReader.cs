using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Terroir.Documents;
using Terroir.Readers.PlainText;

namespace Terroir.Readers.Web;

/// <summary>HTML: the main part, without navigation, scripts and styles.</summary>
internal sealed partial class HtmlReader : FormatReader
{
    private const string Boilerplate = "script,style,noscript,template,nav,header,footer,aside,form,svg,iframe";

    public override string Name => "html";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken) =>
        Read(TextDecoder.Decode(content.Span));

    internal static ExtractedDocument Read(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        IElement? root = document.QuerySelector("main") ?? document.QuerySelector("article") ?? document.Body;
        foreach (var element in root?.QuerySelectorAll(Boilerplate).ToArray() ?? [])
        {
            element.Remove();
        }

        var blocks = new List<Block>();
        if (root is not null)
        {
            Add(root, blocks, depth: 0);
        }

        var title = document.Title?.Trim();
        return new ExtractedDocument
        {
            MediaType = "text/html",
            Reader = "html",
            Title = string.IsNullOrEmpty(title) ? null : title,
            Blocks = blocks,
        };
    }

    private static void Add(IElement parent, List<Block> blocks, int depth)
    {
        var loose = new System.Text.StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IElement element && IsBlock(element))
            {
                Flush(loose, blocks);
                AddBlock(element, blocks, depth);
            }
            else
            {
                loose.Append(node is IElement { LocalName: "br" } ? "\n" : node.TextContent);
            }
        }

        Flush(loose, blocks);
    }

    private static void AddBlock(IElement element, List<Block> blocks, int depth)
    {
        var place = new SourcePlace { Paragraph = blocks.Count + 1 };
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                Append(blocks, new HeadingBlock(level - '0', Clean(element.TextContent), place));
                break;
            case "pre":
                blocks.Add(new CodeBlock(element.TextContent, place));
                break;
            case "table":
                AddTable(element, blocks, place);
                break;
            case "ul" or "ol":
                AddList(element, blocks, depth);
                break;
            default:
                Add(element, blocks, depth);
                break;
        }
    }

    private static void AddList(IElement list, List<Block> blocks, int depth)
    {
        var number = 1;
        foreach (var item in list.Children.Where(child => child.LocalName is "li"))
        {
            var nested = item.Children.Where(child => child.LocalName is "ul" or "ol").ToArray();
            foreach (var inner in nested)
            {
                inner.Remove();
            }

            var place = new SourcePlace { Paragraph = blocks.Count + 1 };
            int? shown = list.LocalName is "ol" ? number++ : null;
            blocks.Add(new ListItemBlock(depth, shown, Clean(item.TextContent), place));
            foreach (var inner in nested)
            {
                AddList(inner, blocks, depth + 1);
            }
        }
    }

    private static void AddTable(IElement table, List<Block> blocks, SourcePlace place)
    {
        var rows = table.QuerySelectorAll("tr")
            .Select(row => new TableRow(
                [
                    .. row.Children.Where(cell => cell.LocalName is "td" or "th").Select(cell =>
                        Clean(cell.TextContent)),
                ],
                place))
            .Where(row => row.Cells.Count > 0)
            .ToArray();
        var first = table.QuerySelector("tr");
        var hasHeader = first is not null && first.Children.All(cell => cell.LocalName is "th");
        if (rows.Length > 0)
        {
            blocks.Add(new TableBlock(rows, hasHeader ? 1 : 0, place));
        }
    }

    private static void Flush(System.Text.StringBuilder loose, List<Block> blocks)
    {
        Append(blocks, new ParagraphBlock(
            Clean(loose.ToString()),
            new SourcePlace { Paragraph = blocks.Count + 1 }));
        loose.Clear();
    }

    private static void Append(List<Block> blocks, Block block)
    {
        if (block is HeadingBlock { Text.Length: > 0 } or ParagraphBlock { Text.Length: > 0 })
        {
            blocks.Add(block);
        }
    }

    private static bool IsBlock(IElement element) => element.LocalName is
        "p" or "div" or "section" or "article" or "main" or "ul" or "ol" or "table" or "pre" or "blockquote" or "dl"
        or "dt" or "dd" or "figure" or "figcaption" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "details"
        or "summary" or "address" or "center";

    private static string Clean(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"[ \t\r\n\f\u00A0]+", RegexOptions.None, 1_000)]
    private static partial Regex Spaces();
}
