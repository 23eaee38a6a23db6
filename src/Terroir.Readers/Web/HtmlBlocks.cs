using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Terroir.Documents;

namespace Terroir.Readers.Web;

/// <summary>Turns elements into blocks. The tree is not deeper than the limit, so that it is walked recursively.
/// </summary>
internal sealed partial class HtmlBlocks
{
    private const int MatchTimeoutMs = 1_000;

    private readonly HashSet<IElement> _containers = [];
    private readonly CancellationToken _cancellationToken;
    private List<Block> _blocks = [];
    private int _count;

    private HtmlBlocks(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public static IReadOnlyList<Block> From(IElement root, CancellationToken cancellationToken)
    {
        var reading = new HtmlBlocks(cancellationToken);
        reading.FindContainers(root);
        reading.AddChildren(root, depth: 0);
        return reading._blocks;
    }

    // An element with a block in it is a container, whatever its name.
    private void FindContainers(IElement root)
    {
        foreach (var block in root.QuerySelectorAll("*").Where(IsBlock))
        {
            for (var at = block; at is not null && _containers.Add(at) && !ReferenceEquals(at, root);)
            {
                at = at.ParentElement;
            }
        }
    }

    private void AddChildren(INode parent, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var loose = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IElement element && _containers.Contains(element))
            {
                Flush(loose);
                AddBlock(element, depth);
            }
            else
            {
                AppendInline(node, loose);
            }
        }

        Flush(loose);
    }

    private void AddBlock(IElement element, int depth)
    {
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                AddHeading(element, level - '0', depth);
                break;
            case "pre":
                _blocks.Add(new CodeBlock(element.TextContent.Trim('\n', '\r'), Place()));
                break;
            case "table":
                AddTable(element, depth);
                break;
            case "ul" or "ol" or "menu":
                AddList(element, depth);
                break;
            case "figcaption" or "caption":
                Append(new CaptionBlock(Clean(InlineOf(element)), Place()));
                break;
            case "img":
                AddImage(element);
                break;
            case "a":
                AddLinked(element, depth);
                break;
            case "li":
                AddItem(element, depth, null);
                break;
            default:
                AddChildren(element, depth);
                break;
        }
    }

    private void AddHeading(IElement element, int level, int depth)
    {
        var inner = Inside(() => AddChildren(element, depth));
        var text = Clean(CellText.From(inner.TakeWhile(block => block is ParagraphBlock or HeadingBlock)));
        if (text.Length > 0)
        {
            _blocks.Add(new HeadingBlock(level, text, Place()));
        }

        _blocks.AddRange(inner.SkipWhile(block => block is ParagraphBlock or HeadingBlock));
    }

    private void AddLinked(IElement element, int depth)
    {
        var inner = Inside(() => AddChildren(element, depth));
        var target = element.GetAttribute("href");
        _blocks.AddRange(inner is [ParagraphBlock only]
            ? [only with { Text = Links.Mark(only.Text, target) }]
            : inner is [HeadingBlock heading] ? [heading with { Text = Links.Mark(heading.Text, target) }] : inner);
    }

    // The words for a picture count where no caption says more.
    private void AddImage(IElement element)
    {
        var figure = element.Ancestors<IElement>().FirstOrDefault(item => item.LocalName is "figure");
        var text = Clean(element.GetAttribute("alt") ?? "");
        if (text.Length > 1 && figure?.QuerySelector("figcaption") is null)
        {
            _blocks.Add(new CaptionBlock(text, Place()));
        }
    }

    private void AddList(IElement list, int depth)
    {
        var number = int.TryParse(list.GetAttribute("start"), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var child in list.ChildNodes)
        {
            if (child is not IElement element)
            {
                continue;
            }

            if (element.LocalName is "li")
            {
                AddItem(element, depth, list.LocalName is "ol" ? number++ : null);
            }
            else if (element.LocalName is "ul" or "ol")
            {
                AddList(element, depth + 1);
            }
            else if (_containers.Contains(element))
            {
                AddBlock(element, depth);
            }
        }
    }

    private void AddItem(IElement item, int depth, int? number)
    {
        var place = Place();
        var inner = Inside(() => AddChildren(item, depth + 1));
        var own = inner.TakeWhile(block => block is ParagraphBlock or CaptionBlock).ToArray();
        var text = Clean(CellText.From(own));
        if (text.Length > 0)
        {
            _blocks.Add(new ListItemBlock(depth, number, text, place));
        }

        _blocks.AddRange(inner.Skip(own.Length));
    }

    private void AddTable(IElement table, int depth)
    {
        var rows = Rows(table).ToArray();
        if (table.GetAttribute("role") is "presentation" or "none" || IsFrame(rows))
        {
            foreach (var cell in rows.SelectMany(row => row.Children))
            {
                AddChildren(cell, depth);
            }

            return;
        }

        if (table.Children.FirstOrDefault(child => child.LocalName is "caption") is { } caption)
        {
            Append(new CaptionBlock(Clean(InlineOf(caption)), Place()));
        }

        var grid = new TableGrid();
        var place = Place();
        var headerCount = 0;
        foreach (var row in rows)
        {
            grid.BeginRow(place);
            foreach (var cell in row.Children.Where(cell => cell.LocalName is "td" or "th"))
            {
                var text = Clean(CellText.From(Inside(() => AddChildren(cell, depth: 0))));
                grid.Add(text, Span(cell, "colspan"), Span(cell, "rowspan"));
            }

            headerCount += headerCount == grid.RowCount - 1 && IsHeader(row) ? 1 : 0;
        }

        if (grid.Build(headerCount, place) is { } block)
        {
            _blocks.Add(block);
        }
    }

    private List<Block> Inside(Action add)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var outer = _blocks;
        _blocks = [];
        add();
        var inner = _blocks;
        _blocks = outer;
        return inner;
    }

    // One column of cells that hold blocks lays out the page, and so does one cell.
    private static bool IsFrame(IElement[] rows) =>
        rows.All(row => row.Children.Length <= 1)
        && (rows.Length == 1 || rows.Any(row => row.QuerySelector("table,h1,h2,h3,ul,p") is not null));

    private static IEnumerable<IElement> Rows(IElement table) =>
        table.Children.SelectMany(child => child.LocalName is "tr" ? [child]
            : child.LocalName is "thead" or "tbody" or "tfoot"
                ? child.Children.Where(row => row.LocalName is "tr")
                : Enumerable.Empty<IElement>());

    private static bool IsHeader(IElement row) =>
        row.ParentElement?.LocalName is "thead"
        || (row.Children.Length > 0 && row.Children.All(cell => cell.LocalName is "th"));

    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Math.Clamp(count, 1, TableGrid.ColumnMax)
            : 1;

    private string InlineOf(INode node)
    {
        var text = new StringBuilder();
        foreach (var child in node.ChildNodes)
        {
            AppendInline(child, text);
        }

        return text.ToString();
    }

    private void AppendInline(INode node, StringBuilder text)
    {
        switch (node)
        {
            case IText words:
                text.Append(Spaces().Replace(words.Data, " "));
                break;
            case IElement { LocalName: "br" }:
                text.Append('\n');
                break;
            case IElement { LocalName: "a" } link:
                text.Append(Links.Mark(InlineOf(link), link.GetAttribute("href")));
                break;
            case IElement { LocalName: "img" } image when text.Length == 0 && image.NextSibling is null:
                text.Append(image.GetAttribute("alt"));
                break;
            case IElement element:
                text.Append(InlineOf(element));
                break;
        }
    }

    private void Flush(StringBuilder loose)
    {
        Append(new ParagraphBlock(Clean(loose.ToString()), Place()));
        loose.Clear();
    }

    private void Append(Block block)
    {
        if (block is ParagraphBlock { Text.Length: > 0 } or CaptionBlock { Text.Length: > 0 })
        {
            _count++;
            _blocks.Add(block);
        }
    }

    private SourcePlace Place() => new() { Paragraph = _count + 1 };

    private static bool IsBlock(IElement element) => element.LocalName is
        "p" or "div" or "section" or "article" or "main" or "ul" or "ol" or "menu" or "li" or "table" or "pre"
        or "blockquote" or "dl" or "dt" or "dd" or "figure" or "figcaption" or "h1" or "h2" or "h3" or "h4" or "h5"
        or "h6" or "details" or "summary" or "address" or "center" or "header" or "footer" or "nav" or "aside" or "form"
        or "fieldset" or "legend" or "hgroup" or "hr" or "img";

    private static string Clean(string text) =>
        LineSpaces().Replace(Spaces().Replace(text.Replace('\n', '\u2028'), " "), "\n").Trim();

    [GeneratedRegex(@"[ \t\r\n\f\u00A0]+", RegexOptions.None, MatchTimeoutMs)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]*\u2028[ \t]*", RegexOptions.None, MatchTimeoutMs)]
    private static partial Regex LineSpaces();
}
