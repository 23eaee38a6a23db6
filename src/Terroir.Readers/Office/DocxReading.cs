using System.Globalization;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>One pass over a Word document.</summary>
internal sealed class DocxReading
{
    private readonly OfficePart _part;
    private readonly DocxStyles _styles;
    private readonly DocxNumbering _numbering;
    private readonly DocxNotes _notes;
    private readonly DocxInline _inline;
    private readonly CancellationToken _cancellationToken;
    private List<Block> _blocks = [];
    private string _carried = "";
    private int _paragraph;
    private bool _hasOtherParts;

    private DocxReading(OfficePart main, CancellationToken cancellationToken)
    {
        _part = main;
        _styles = new DocxStyles(main.RootOf("styles"));
        _numbering = new DocxNumbering(main.RootOf("numbering"));
        _notes = new DocxNotes(main);
        _inline = new DocxInline(main, _notes);
        _cancellationToken = cancellationToken;
    }

    public IReadOnlyList<Block> Blocks => _blocks;

    public static DocxReading Read(OfficePart main, CancellationToken cancellationToken)
    {
        var reading = new DocxReading(main, cancellationToken);
        reading.AddAll(main.Root().Child("body"));
        return reading;
    }

    public IReadOnlyList<Remark> Warnings() =>
    [
        .. _inline.HasChanges ? [new Remark(RemarkCode.TrackedChanges)] : Array.Empty<Remark>(),
        .. Counted.Of(RemarkCode.HiddenTextLeftOut, _inline.HiddenCount),
        .. _hasOtherParts ? [new Remark(RemarkCode.OtherPartUnread)] : Array.Empty<Remark>(),
    ];

    private void AddAll(XElement? parent)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var element in parent?.Elements() ?? [])
        {
            _cancellationToken.ThrowIfCancellationRequested();
            switch (element.Name.LocalName)
            {
                case "p":
                    AddParagraph(element);
                    break;
                case "tbl":
                    AddTable(element);
                    break;
                case "sdt":
                    AddAll(element.Child("sdtContent"));
                    break;
                case "customXml" or "ins" or "moveTo" or "smartTag":
                    AddAll(element);
                    break;
                case "altChunk":
                    _hasOtherParts = true;
                    break;
            }
        }
    }

    private void AddParagraph(XElement paragraph)
    {
        var place = new SourcePlace { Paragraph = ++_paragraph };
        var properties = paragraph.Child("pPr");
        var text = (_carried + _inline.Read(paragraph)).Trim();
        var drawings = _inline.Drawings.ToArray();
        var notes = _inline.Notes.ToArray();
        _carried = "";
        if (properties.Child("rPr") is { } mark && (mark.Child("del") ?? mark.Child("moveFrom")) is not null)
        {
            // The end of this paragraph is deleted: what follows belongs to it.
            _carried = text.Length == 0 ? "" : text + " ";
            text = "";
        }

        if (text.Length > 0)
        {
            AddText(text, properties, place);
        }

        foreach (var drawing in drawings)
        {
            AddDrawing(drawing, place);
        }

        foreach (var (kind, id) in notes)
        {
            AddNote(kind, id, place);
        }
    }

    private void AddText(string text, XElement? properties, SourcePlace place)
    {
        var level = _styles.LevelOf(properties);
        var list = _styles.ListOf(properties);
        var (number, label, isList) = list is { } found ? _numbering.Count(found.List, found.Level) : default;
        if (level > 0)
        {
            var prefix = string.IsNullOrEmpty(label) ? "" : label.TrimEnd('.') + " ";
            _blocks.Add(new HeadingBlock(level, prefix + text.ReplaceLineEndings(" "), place));
        }
        else if (isList)
        {
            var shown = number is null && !string.IsNullOrEmpty(label) ? $"{label} {text}" : text;
            _blocks.Add(new ListItemBlock(list!.Value.Level, number, shown, place));
        }
        else if (_styles.IsCode(properties))
        {
            AddCode(text, place);
        }
        else if (_styles.IsCaption(properties))
        {
            _blocks.Add(new CaptionBlock(text, place));
        }
        else
        {
            _blocks.Add(new ParagraphBlock(text, place));
        }
    }

    private void AddCode(string text, SourcePlace place)
    {
        if (_blocks.LastOrDefault() is CodeBlock last)
        {
            _blocks[^1] = last with { Text = $"{last.Text}\n{text}" };
        }
        else
        {
            _blocks.Add(new CodeBlock(text, place));
        }
    }

    private void AddDrawing(XElement drawing, SourcePlace place)
    {
        switch (drawing.Name.LocalName)
        {
            case "txbxContent":
                AddAll(drawing);
                break;
            case "chart" when _part.ById(drawing.Relation("id")) is { } chart:
                _blocks.AddRange(OfficeChart.Read(chart.Package.Parts.OptionalXml(chart.Path), place));
                break;
            case "relIds" when _part.ById(drawing.Relation("dm")) is { } diagram:
                _blocks.AddRange(OfficeDiagram.Read(diagram.Package.Parts.OptionalXml(diagram.Path), place));
                break;
        }
    }

    private void AddNote(string kind, string id, SourcePlace place)
    {
        var note = _notes.Find(kind, id);
        var text = string.Join('\n', note.Within("p").Select(_inline.Read).Where(line => line.Length > 0));
        if (text.Length > 0)
        {
            _blocks.Add(new ParagraphBlock(
                kind is "comment"
                    ? OfficeComment.Show(note.Get("author"), note.Get("date"), text)
                    : string.Create(CultureInfo.InvariantCulture, $"[^{_notes.NumberOf(kind, id)}]: {text}"),
                place));
        }
    }

    private void AddTable(XElement table)
    {
        var place = new SourcePlace { Paragraph = _paragraph + 1 };
        var rows = DocxRows.In(table, "tr").Where(row => row.Path("trPr", "del") is null).ToArray();
        if (rows.Length == 1 && DocxRows.In(rows[0], "tc").ToArray() is [var only])
        {
            // One cell is a frame around text.
            AddAll(only);
            return;
        }

        var grid = new TableGrid();
        var headerCount = 0;
        foreach (var row in rows)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            grid.BeginRow(new SourcePlace { Paragraph = _paragraph + 1 });
            AddRow(row, grid);
            headerCount += headerCount == grid.RowCount - 1 && row.Path("trPr", "tblHeader").IsOn() ? 1 : 0;
        }

        if (grid.Build(headerCount == 0 && rows.Length > 1 ? 1 : headerCount, place) is { } block)
        {
            _blocks.Add(block);
        }
    }

    private void AddRow(XElement row, TableGrid grid)
    {
        for (var index = 0; index < Math.Min(row.Path("trPr", "gridBefore").Int("val") ?? 0, 50); index++)
        {
            grid.Add("");
        }

        foreach (var cell in DocxRows.In(row, "tc"))
        {
            var properties = cell.Child("tcPr");
            var columns = Math.Max(1, properties.Child("gridSpan").Int("val") ?? 1);
            var merge = properties.Child("vMerge");
            if (merge is not null && merge.Get("val") is not "restart")
            {
                _paragraph += cell.All("p").Count();
                grid.Continue(columns);
                continue;
            }

            grid.Add(ReadCell(cell), columns);
            if (merge is not null)
            {
                grid.OpenBelow(columns);
            }
        }
    }

    private string ReadCell(XElement cell)
    {
        var outer = _blocks;
        _blocks = [];
        AddAll(cell);
        var text = CellText.From(_blocks);
        _blocks = outer;
        return text;
    }
}
