using System.Text;
using Terroir.Documents;

namespace Terroir.Readers.Legacy;

/// <summary>Turns the text of a Word 97 file into blocks.</summary>
internal sealed class DocBlocks(DocFile file, ReadLimits limits, CancellationToken cancellationToken)
{
    private readonly List<Block> _blocks = [];
    private readonly StringBuilder _text = new();
    private readonly Stack<(int Start, StringBuilder Instruction, bool HasResult)> _fields = new();
    private readonly List<TableRow> _rows = [];
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private int _paragraph;

    public IReadOnlyList<Block> Read()
    {
        var length = 0L;
        foreach (var (sign, offset) in file.Text())
        {
            TextBounds.Check(++length, limits);
            switch (sign)
            {
                case '\r':
                    EndParagraph(file.ParagraphAt(offset));
                    break;
                case '\a':
                    EndCell(file.ParagraphAt(offset));
                    break;
                case '\f':
                    EndParagraph(file.ParagraphAt(offset));
                    _blocks.Add(new PageBreakBlock(Place()));
                    break;
                case '\u0013':
                    _fields.Push((_text.Length, new StringBuilder(), false));
                    break;
                case '\u0014' when _fields.TryPop(out var open):
                    _fields.Push((_text.Length, open.Instruction, true));
                    break;
                case '\u0015' when _fields.TryPop(out var field):
                    EndField(field.Start, field.Instruction.ToString());
                    break;
                default:
                    Add(sign);
                    break;
            }
        }

        EndParagraph(new DocParagraph(0, false, false, 0, 0));
        EndTable();
        return _blocks;
    }

    private void Add(char sign)
    {
        if (_fields.TryPeek(out var field) && !field.HasResult)
        {
            field.Instruction.Append(sign);
            return;
        }

        switch (sign)
        {
            case '\v':
                _text.Append('\n');
                break;
            case '\u001E':
                _text.Append('-');
                break;
            case >= ' ' or '\t':
                _text.Append(sign);
                break;
        }
    }

    private void EndField(int start, string instruction)
    {
        var parts = instruction.Split('"');
        if (start <= _text.Length && parts.Length > 2
            && parts[0].Contains("HYPERLINK", StringComparison.OrdinalIgnoreCase)
            && !parts[0].Contains("\\l", StringComparison.Ordinal))
        {
            var shown = _text.ToString(start, _text.Length - start);
            _text.Length = start;
            _text.Append(Links.Mark(shown, parts[1]));
        }
    }

    private void EndParagraph(DocParagraph paragraph)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _paragraph++;
        var text = _text.ToString().Trim();
        _text.Clear();
        if (paragraph.IsInTable)
        {
            _cell.Append(_cell.Length > 0 && text.Length > 0 ? " " : "").Append(text);
            return;
        }

        EndTable();
        if (text.Length == 0)
        {
            return;
        }

        var level = file.LevelOf(paragraph.Style);
        _blocks.Add(level > 0 ? new HeadingBlock(level, text.ReplaceLineEndings(" "), Place())
            : paragraph.List is > 0 and < 0xF801 ? new ListItemBlock(paragraph.Level, null, text, Place())
            : new ParagraphBlock(text, Place()));
    }

    private void EndCell(DocParagraph paragraph)
    {
        EndParagraph(paragraph with { IsInTable = true });
        if (!paragraph.EndsRow)
        {
            _cells.Add(_cell.ToString());
            _cell.Clear();
            return;
        }

        _rows.Add(new TableRow([.. _cells], Place()));
        _cells.Clear();
        _cell.Clear();
    }

    private void EndTable()
    {
        if (_cells.Count > 0)
        {
            _rows.Add(new TableRow([.. _cells], Place()));
            _cells.Clear();
        }

        if (_rows.Exists(row => row.Cells.Any(cell => cell.Length > 0)))
        {
            _blocks.Add(new TableBlock([.. _rows], _rows.Count > 1 ? 1 : 0, _rows[0].Place));
        }

        _rows.Clear();
    }

    private SourcePlace Place() => new() { Paragraph = _paragraph };
}
