using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Reads the text of a paragraph, and gathers what hangs on it: text boxes, charts, notes, comments.</summary>
internal sealed class DocxInline(OfficePart part, DocxNotes notes)
{
    private readonly StringBuilder _text = new();
    private readonly Stack<Field> _fields = new();

    /// <summary>Contents of text boxes, charts and drawn diagrams, in order.</summary>
    public List<XElement> Drawings { get; } = [];

    /// <summary>The footnotes and endnotes referred to, by kind and id.</summary>
    public List<(string Kind, string Id)> Notes { get; } = [];

    public bool HasChanges { get; private set; }

    public int HiddenCount { get; private set; }

    /// <summary>Reads a paragraph and empties what was gathered from the one before.</summary>
    public string Read(XElement paragraph)
    {
        _text.Clear();
        Drawings.Clear();
        Notes.Clear();
        foreach (var field in _fields)
        {
            field.Start = field.HasResult ? 0 : -1;
        }

        AddChildren(paragraph);
        return _text.ToString().Trim();
    }

    private void AddChildren(XElement? parent)
    {
        foreach (var child in parent?.Elements() ?? [])
        {
            Add(child);
        }
    }

    private void Add(XElement element)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (element.Name.LocalName)
        {
            case "pPr" or "rPr" or "sdtPr" or "sdtEndPr" or "rt":
                break;
            case "del" or "moveFrom":
                HasChanges = true;
                break;
            case "ins" or "moveTo":
                HasChanges = true;
                AddChildren(element);
                break;
            case "r":
                AddRun(element);
                break;
            case "hyperlink":
                part.Relations.TryGetValue(element.Relation("id") ?? "", out var relation);
                AddLink(element, relation is { IsExternal: true } ? relation.Target : null);
                break;
            case "fldSimple":
                AddLink(element, TargetOf(element.Get("instr") ?? ""));
                break;
            case "oMath":
                _text.Append(' ').Append(OfficeMath.Write(element)).Append(' ');
                break;
            case "sdt":
                AddControl(element);
                break;
            default:
                AddChildren(element);
                break;
        }
    }

    private void AddRun(XElement run)
    {
        if (run.Path("rPr", "vanish").IsOn())
        {
            HiddenCount += run.All("t").Any(text => text.Value.Trim().Length > 0) ? 1 : 0;
            return;
        }

        foreach (var item in run.Elements())
        {
            AddRunItem(item);
        }
    }

    private void AddRunItem(XElement item)
    {
        switch (item.Name.LocalName)
        {
            case "t":
                _text.Append(item.Value);
                break;
            case "tab" or "ptab":
                _text.Append('\t');
                break;
            case "br" or "cr":
                _text.Append('\n');
                break;
            case "noBreakHyphen":
                _text.Append('-');
                break;
            case "sym":
                _text.Append(Symbol(item.Get("char")));
                break;
            case "fldChar":
                AddFieldMark(item.Get("fldCharType"));
                break;
            case "instrText":
                _fields.TryPeek(out var field);
                field?.Instruction.Append(item.Value);
                break;
            case "footnoteReference" or "endnoteReference":
                AddNote(item.Is("footnoteReference") ? "footnote" : "endnote", item.Get("id") ?? "");
                break;
            case "commentReference":
                Notes.Add(("comment", item.Get("id") ?? ""));
                break;
            case "drawing" or "pict" or "object":
                AddDrawings(item);
                break;
            case "ruby":
                AddChildren(item.Child("rubyBase"));
                break;
        }
    }

    private void AddNote(string kind, string id)
    {
        if (notes.Find(kind, id) is not null)
        {
            Notes.Add((kind, id));
            _text.Append(CultureInfo.InvariantCulture, $"[^{notes.NumberOf(kind, id)}]");
        }
    }

    // A box inside a box is found when the outer one is read.
    private void AddDrawings(XElement parent)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Name.LocalName is "txbxContent" or "chart" or "relIds")
            {
                Drawings.Add(child);
            }
            else
            {
                AddDrawings(child);
            }
        }
    }

    private void AddControl(XElement control)
    {
        var box = control.Child("sdtPr").Child("checkbox");
        if (box is null)
        {
            AddChildren(control.Child("sdtContent"));
            return;
        }

        _text.Append(box.Child("checked").Get("val") is "1" or "true" ? "[x]" : "[ ]");
    }

    private void AddLink(XElement element, string? target)
    {
        var start = _text.Length;
        AddChildren(element);
        MarkLink(start, target);
    }

    private void MarkLink(int start, string? target)
    {
        var shown = _text.ToString(start, _text.Length - start);
        _text.Length = start;
        _text.Append(Links.Mark(shown, target));
    }

    private void AddFieldMark(string? kind)
    {
        if (kind is "begin")
        {
            _fields.Push(new Field());
        }
        else if (kind is "separate" && _fields.TryPeek(out var open))
        {
            open.HasResult = true;
            open.Start = _text.Length;
        }
        else if (kind is "end" && _fields.TryPop(out var field) && field.Start >= 0 && field.Start <= _text.Length)
        {
            MarkLink(field.Start, TargetOf(field.Instruction.ToString()));
        }
    }

    private static string? TargetOf(string instruction)
    {
        var trimmed = instruction.Trim();
        if (!trimmed.StartsWith("HYPERLINK", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = trimmed.Split('"');
        return parts.Length > 2 && !parts[0].Contains("\\l", StringComparison.Ordinal) ? parts[1] : null;
    }

    private static string Symbol(string? code) => code?.ToUpperInvariant() switch
    {
        "F0FE" or "F052" or "F053" => "☒",
        "F0A8" or "F06F" or "F071" => "☐",
        "F0FC" => "✓",
        "F0FB" => "✗",
        "F0E0" or "F0E8" => "→",
        _ => "",
    };

    private sealed class Field
    {
        public StringBuilder Instruction { get; } = new();

        public bool HasResult { get; set; }

        public int Start { get; set; } = -1;
    }
}
