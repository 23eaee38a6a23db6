using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Office;
using Terroir.Readers.Packages;

namespace Terroir.Readers.OpenDocument;

/// <summary>One pass over an OpenDocument file.</summary>
internal sealed class OdfReading(ZipPackage parts, OdfStyles styles)
{
    private readonly List<XElement> _frames = [];
    private readonly List<string> _remarks = [];
    private List<Block> _blocks = [];
    private SourcePlace? _place;
    private int _paragraph;
    private int _noteCount;
    private int _hiddenCount;
    private bool _hasChanges;

    public List<Block> Blocks => _blocks;

    public ZipPackage Parts => parts;

    public void CountHidden() => _hiddenCount++;

    public IReadOnlyList<Remark> Warnings() =>
    [
        .. _hasChanges ? [new Remark(RemarkCode.TrackedChanges)] : Array.Empty<Remark>(),
        .. Counted.Of(RemarkCode.HiddenPartsFound, _hiddenCount),
    ];

    /// <summary>Adds what stands in an element.</summary>
    /// <param name="parent">The element.</param>
    /// <param name="place">The place of all of it; if <see langword="null"/>, paragraphs are counted.</param>
    public void AddAll(XElement? parent, SourcePlace? place)
    {
        _place = place;
        AddChildren(parent);
    }

    /// <summary>Reads a cell as one line.</summary>
    public string ReadCell(XElement cell)
    {
        var outer = _blocks;
        _blocks = [];
        AddChildren(cell);
        var text = CellText.From(_blocks);
        _blocks = outer;
        return text;
    }

    private void AddChildren(XElement? parent)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var element in parent?.Elements() ?? [])
        {
            parts.CancellationToken.ThrowIfCancellationRequested();
            switch (element.Name.LocalName)
            {
                case "p" or "h":
                    AddParagraph(element, null);
                    break;
                case "list":
                    AddList(element, 0, element.Get("style-name"));
                    break;
                case "table":
                    AddTable(element);
                    break;
                case "tracked-changes":
                    _hasChanges = true;
                    break;
                case "section" or "index-body" or "table-of-content" or "soft-page-break" or "text-box" or "g"
                    or "alphabetical-index" or "illustration-index" or "user-index" or "numbered-paragraph"
                    or "custom-shape" or "rect" or "ellipse" or "line" or "connector":
                    AddChildren(element);
                    break;
                case "frame":
                    AddFrame(element);
                    break;
            }
        }
    }

    private void AddParagraph(XElement element, (int Depth, int? Number)? item)
    {
        var place = _place ?? new SourcePlace { Paragraph = ++_paragraph };
        var (frames, remarks) = (_frames.Count, _remarks.Count);
        var text = Text(element);
        var style = element.Get("style-name");
        if (text.Length > 0)
        {
            _blocks.Add(item is { } listed ? new ListItemBlock(listed.Depth, listed.Number, text, place)
                : element.Is("h") ? new HeadingBlock(
                    Math.Clamp(element.Int("outline-level") ?? 1, 1, 6), text.ReplaceLineEndings(" "), place)
                : styles.IsTitle(style) ? new HeadingBlock(1, text.ReplaceLineEndings(" "), place)
                : styles.IsSubtitle(style) ? new HeadingBlock(2, text.ReplaceLineEndings(" "), place)
                : styles.IsCaption(style) ? new CaptionBlock(text, place)
                : styles.IsCode(style) ? new CodeBlock(text, place)
                : new ParagraphBlock(text, place));
        }

        var hanging = _frames.Skip(frames).ToArray();
        _frames.RemoveRange(frames, _frames.Count - frames);
        foreach (var frame in hanging)
        {
            AddFrame(frame);
        }

        _blocks.AddRange(_remarks.Skip(remarks).Select(remark => new ParagraphBlock(remark, place)));
        _remarks.RemoveRange(remarks, _remarks.Count - remarks);
    }

    private void AddList(XElement list, int depth, string? style)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var isNumbered = styles.IsNumbered(style, depth);
        var number = styles.StartOf(style, depth) - 1;
        foreach (var item in list.Elements().Where(child => child.Name.LocalName is "list-item" or "list-header"))
        {
            number = item.Is("list-item") ? item.Int("start-value") ?? number + 1 : number;
            var isFirst = true;
            foreach (var child in item.Elements())
            {
                if (child.Is("list"))
                {
                    AddList(child, depth + 1, child.Get("style-name") ?? style);
                }
                else if (child.Name.LocalName is "p" or "h" && isFirst && !child.Is("h"))
                {
                    AddParagraph(child, (depth, isNumbered ? number : null));
                    isFirst = false;
                }
                else if (child.Name.LocalName is "p" or "h")
                {
                    AddParagraph(child, null);
                }
            }
        }
    }

    private void AddTable(XElement table)
    {
        var place = _place ?? new SourcePlace { Paragraph = _paragraph + 1 };
        var headerCount = 0;
        var grid = new TableGrid();
        foreach (var row in OdfRows.Of(table))
        {
            grid.BeginRow(_place ?? new SourcePlace { Paragraph = _paragraph + 1 });
            var emptyCount = 0;
            foreach (var cell in row.Elements().Where(cell => cell.Is("table-cell")))
            {
                var text = ReadCell(cell);
                var repeat = Math.Min(cell.Int("number-columns-repeated") ?? 1, TableGrid.ColumnMax);
                var (columns, rows) = (cell.Int("number-columns-spanned") ?? 1, cell.Int("number-rows-spanned") ?? 1);
                if (text.Length == 0 && columns == 1 && rows == 1)
                {
                    emptyCount += repeat;
                    continue;
                }

                for (; emptyCount > 0; emptyCount--)
                {
                    grid.Add("");
                }

                for (; repeat > 0; repeat--)
                {
                    grid.Add(text, columns, rows);
                }
            }

            headerCount += row.Parent!.Is("table-header-rows") && headerCount == grid.RowCount - 1 ? 1 : 0;
        }

        if (grid.Build(headerCount == 0 && grid.RowCount > 1 ? 1 : headerCount, place) is { } block)
        {
            _blocks.Add(block);
        }
    }

    private void AddFrame(XElement frame)
    {
        if (frame.Name.LocalName is "custom-shape" or "rect" or "ellipse" or "g" or "text-box")
        {
            AddChildren(frame);
            return;
        }

        // A frame holds one thing in several forms; the first is the best.
        var first = frame.Elements().FirstOrDefault(child => child.Name.LocalName is "text-box" or "table" or "object");
        if (first is not null && first.Is("table"))
        {
            AddTable(first);
        }
        else if (first is not null && first.Is("object"))
        {
            _blocks.AddRange(OdfChart.Read(this, first, _place ?? new SourcePlace { Paragraph = _paragraph }));
        }
        else
        {
            AddChildren(first);
        }
    }

    private string Text(XElement paragraph)
    {
        var text = new StringBuilder();
        Append(paragraph, text);
        return text.ToString().Trim();
    }

    private void Append(XElement parent, StringBuilder text)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var node in parent.Nodes())
        {
            if (node is XText words)
            {
                text.Append(Collapse(words.Value));
                continue;
            }

            if (node is not XElement element)
            {
                continue;
            }

            switch (element.Name.LocalName)
            {
                case "s":
                    text.Append(' ', Math.Clamp(element.Int("c") ?? 1, 1, 100));
                    break;
                case "tab":
                    text.Append('\t');
                    break;
                case "line-break":
                    text.Append('\n');
                    break;
                case "a":
                    var shown = new StringBuilder();
                    Append(element, shown);
                    text.Append(Links.Mark(shown.ToString(), element.Get("href")));
                    break;
                case "note":
                    AddNote(element, text);
                    break;
                case "annotation":
                    _remarks.Add(OfficeComment.Show(
                        element.Child("creator")?.Value,
                        element.Child("date")?.Value,
                        string.Join('\n', element.Within("p").Select(Text))));
                    break;
                case "frame" or "custom-shape" or "rect" or "ellipse" or "g":
                    _frames.Add(element);
                    break;
                case "hidden-text" or "hidden-paragraph" or "ruby-text" or "annotation-end" or "tracked-changes":
                    break;
                case "span" when styles.IsHidden(element.Get("style-name")):
                    _hiddenCount++;
                    break;
                default:
                    Append(element, text);
                    break;
            }
        }
    }

    private void AddNote(XElement note, StringBuilder text)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"[^{++_noteCount}]");
        text.Append(mark);
        _remarks.Add($"{mark}: {string.Join('\n', note.Child("note-body").Within("p").Select(Text))}");
    }

    // Line feeds and runs of spaces in the file are one space; real ones are elements.
    private static string Collapse(string text)
    {
        if (text.AsSpan().IndexOfAny('\n', '\t', '\r') < 0 && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        var parts = text.Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var body = string.Join(' ', parts);
        return body.Length == 0 ? " "
            : (char.IsWhiteSpace(text[0]) ? " " : "") + body + (char.IsWhiteSpace(text[^1]) ? " " : "");
    }
}
