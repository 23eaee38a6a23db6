using System.Globalization;
using System.Text;
using Terroir.Documents;

namespace Terroir.Readers.Office;

/// <summary>Gathers the text of a Rich Text file into blocks.</summary>
internal sealed class RtfBlocks
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _label = new();
    private readonly List<string> _cells = [];
    private readonly List<TableRow> _rows = [];
    private readonly List<string> _notes = [];
    private StringBuilder? _note;
    private string _cell = "";
    private RtfParagraph _look = new();
    private int _paragraph = 1;
    private int _noteCount;

    public List<Block> Blocks { get; } = [];

    public int Length => Target.Length;

    private StringBuilder Target => _note ?? _text;

    public void Add(string text) => Target.Append(text);

    public void AddLabel(string text) => _label.Append(text);

    public void MarkLink(int start, string instruction)
    {
        var parts = instruction.Split('"');
        if (start <= Target.Length && instruction.TrimStart().StartsWith("HYPERLINK", StringComparison.Ordinal)
            && parts.Length > 2 && !parts[0].Contains("\\l", StringComparison.Ordinal))
        {
            var shown = Target.ToString(start, Target.Length - start);
            Target.Length = start;
            Target.Append(Links.Mark(shown, parts[1]));
        }
    }

    public void BeginNote()
    {
        if (_note is null)
        {
            _text.Append(CultureInfo.InvariantCulture, $"[^{++_noteCount}]");
            _note = new StringBuilder();
        }
    }

    public void EndNote()
    {
        if (_note is not null)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"[^{_noteCount}]: {_note.ToString().Trim()}"));
            _note = null;
        }
    }

    public void Apply(string word, int? number, Func<RtfParagraph, int> levelOf)
    {
        switch (word)
        {
            case "par" or "sect" when _note is not null:
                _note.Append('\n');
                break;
            case "par" or "sect" or "page":
                EndParagraph(levelOf);
                break;
            case "cell" or "nestcell":
                _cells.Add(Joined());
                _cell = "";
                break;
            case "row" or "nestrow":
                _rows.Add(new TableRow([.. _cells], new SourcePlace { Paragraph = _paragraph++ }));
                _cells.Clear();
                break;
            case "pard":
                _look = new RtfParagraph();
                break;
            case "intbl":
                _look = _look with { IsInTable = true };
                break;
            case "s":
                _look = _look with { Style = number ?? 0 };
                break;
            case "outlinelevel":
                _look = _look with { Outline = number ?? -1 };
                break;
            case "ls":
                _look = _look with { List = number ?? 0 };
                break;
            case "ilvl":
                _look = _look with { Level = Math.Clamp(number ?? 0, 0, 8) };
                break;
        }
    }

    public void EndParagraph(Func<RtfParagraph, int> levelOf)
    {
        if (_look.IsInTable)
        {
            _cell = Joined();
            return;
        }

        EndTable();
        var text = _text.ToString().Trim();
        var label = _label.ToString().Trim();
        _text.Clear();
        _label.Clear();
        var place = new SourcePlace { Paragraph = _paragraph++ };
        if (text.Length > 0)
        {
            Blocks.Add(levelOf(_look) is > 0 and var level
                ? new HeadingBlock(level, $"{label} {text}".Trim().ReplaceLineEndings(" "), place)
                : label.Length > 0 || _look.List > 0 ? Item(label, text, place) : new ParagraphBlock(text, place));
        }

        Blocks.AddRange(_notes.Select(note => new ParagraphBlock(note, place)));
        _notes.Clear();
    }

    public void EndTable()
    {
        if (_cells.Count > 0)
        {
            _rows.Add(new TableRow([.. _cells], new SourcePlace { Paragraph = _paragraph }));
            _cells.Clear();
        }

        if (_rows.Exists(row => row.Cells.Any(cell => cell.Length > 0)))
        {
            Blocks.Add(new TableBlock([.. _rows], _rows.Count > 1 ? 1 : 0, _rows[0].Place));
        }

        _rows.Clear();
    }

    private ListItemBlock Item(string label, string text, SourcePlace place)
    {
        var digits = label.TrimEnd('.', ')', ' ');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ListItemBlock(_look.Level, number, text, place)
            : new ListItemBlock(_look.Level, null, label.Any(char.IsLetterOrDigit) ? $"{label} {text}" : text, place);
    }

    private string Joined()
    {
        var parts = new[] { _cell, _label.ToString().Trim(), _text.ToString().Trim() };
        var text = string.Join(' ', parts.Where(part => part.Length > 0));
        _text.Clear();
        _label.Clear();
        return text;
    }
}
