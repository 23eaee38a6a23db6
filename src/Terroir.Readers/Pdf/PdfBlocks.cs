using Terroir.Documents;

namespace Terroir.Readers.Pdf;

/// <summary>Builds blocks from the pieces of all pages.</summary>
internal sealed class PdfBlocks
{
    private const double ParagraphGap = 1.35;
    private const int CodeLinesMin = 2;

    // Lines that follow each other are about so far apart: from single to double spacing.
    private const double PitchMin = 1.25;
    private const double PitchMax = 2.2;

    private readonly List<Block> _blocks = [];
    private readonly List<PdfLine> _open = [];
    private readonly PdfStyles _styles;
    private readonly bool _isTypewritten;
    private PdfSheet _sheet;
    private Kind _kind;
    private int _level;
    private int _flow;
    private (int Depth, int? Number) _item;
    private readonly List<double> _indents = [];
    private readonly Dictionary<int, double> _rights = [];
    private readonly HashSet<int> _breaks = [];

    private PdfBlocks(PdfStyles styles, bool isTypewritten, PdfSheet first)
    {
        _styles = styles;
        _isTypewritten = isTypewritten;
        _sheet = first;
    }

    private enum Kind
    {
        None,
        Heading,
        Paragraph,
        Item,
        Code,
    }

    public static IReadOnlyList<Block> From(
        IReadOnlyList<(PdfSheet Sheet, IReadOnlyList<PdfPiece> Pieces)> pages,
        IEnumerable<string> outline)
    {
        if (pages.Count == 0)
        {
            return [];
        }

        var lines = pages.SelectMany(page => page.Pieces).Where(piece => piece.Line is not null)
            .Select(piece => piece.Line!)
            .ToArray();
        var mono = lines.Where(line => IsMonospaced(line.Font)).Sum(line => line.LetterCount);
        var builder = new PdfBlocks(
            new PdfStyles(lines, outline),
            mono * 2 > lines.Sum(line => line.LetterCount),
            pages[0].Sheet);
        foreach (var (sheet, pieces) in pages)
        {
            builder.AddPage(sheet, pieces);
        }

        builder.Close();
        return builder._blocks;
    }

    private void AddPage(PdfSheet sheet, IReadOnlyList<PdfPiece> pieces)
    {
        if (!GoesOnOverBreak(pieces.Count == 0 ? null : pieces[0].Line))
        {
            Close();
            if (_blocks.Count > 0)
            {
                _blocks.Add(new PageBreakBlock(new SourcePlace { Page = sheet.Number }));
            }
        }

        var isContinued = _open.Count > 0;
        if (!isContinued)
        {
            _sheet = sheet;
        }

        _rights.Clear();
        foreach (var piece in pieces.Where(piece => piece.Line is not null))
        {
            _rights[piece.Flow] = Math.Max(_rights.GetValueOrDefault(piece.Flow, double.MinValue), piece.Line!.Right);
        }

        foreach (var piece in pieces)
        {
            if (piece.Table is { } table)
            {
                Close();
                _sheet = sheet;
                _blocks.Add(ToBlock(table, sheet));
                _indents.Clear();
                continue;
            }

            AddLine(piece.Line!, piece.Flow, sheet, isContinued);
            isContinued = false;
        }
    }

    private void AddLine(PdfLine line, int flow, PdfSheet sheet, bool isContinued)
    {
        var level = _styles.LevelOf(line);
        var isCode = !_isTypewritten && IsMonospaced(line.Font);
        var hasMark = ListMarks.TryRead(line.Text, out _, out var number);
        if (hasMark && level > 0 && !IsLarge(line))
        {
            level = 0;
        }

        if (level > 0 && Captions.IsCaption(line.Text))
        {
            level = 0;
        }

        if (isContinued || (_open.Count > 0 && GoesOn(line, level, isCode, hasMark && level == 0, flow)))
        {
            if (_kind == Kind.Paragraph && IsAuthorsBreak(line, flow))
            {
                _breaks.Add(_open.Count);
            }

            _open.Add(line);
            _flow = flow;
            return;
        }

        Close();
        _sheet = sheet;
        _flow = flow;
        _open.Add(line);
        _level = level;
        _kind = level > 0 ? Kind.Heading : isCode ? Kind.Code : hasMark ? Kind.Item : Kind.Paragraph;
        if (_kind == Kind.Item)
        {
            _item = (DepthOf(line.Left), number);
        }
        else
        {
            _indents.Clear();
        }

    }

    private bool IsLarge(PdfLine line) => line.Size > _styles.Body * 1.1;

    private bool GoesOn(PdfLine line, int level, bool isCode, bool hasMark, int flow)
    {
        var before = _open[^1];
        if (flow != _flow)
        {
            return level == 0 && !hasMark && GoesOnOverBreak(line);
        }

        var pitch = (before.Baseline - line.Baseline) / Math.Max(before.Size, line.Size);
        var isNear = pitch is > -0.5 and < 2.4 && Math.Abs(line.Size - before.Size) < 0.12 * before.Size;
        return _kind switch
        {
            Kind.Heading => level == _level && isNear && pitch < 1.8 && !hasMark,
            Kind.Code => isCode && pitch < 3,
            Kind.Item => level == 0 && !hasMark && isNear && !isCode && pitch < 1.9 && !IsNewParagraph(line, pitch),
            _ => level == 0 && !hasMark && isNear && !isCode && !IsNewParagraph(line, pitch),
        };
    }

    private bool IsNewParagraph(PdfLine line, double pitch)
    {
        var before = _open[^1];
        var usual = _open.Count > 1 ? (_open[^2].Baseline - before.Baseline) / before.Size
            : Math.Clamp(_sheet.Pitch, PitchMin, PitchMax);
        if (pitch > Math.Max(usual * ParagraphGap, 1.55))
        {
            return true;
        }

        var isEnded = before.Text[^1] is '.' or ':' or '!' or '?' or '…' or '»';
        var isIndented = _kind == Kind.Paragraph && line.Left > before.Left + (0.8 * line.Size);
        var isShort = before.Right < line.Right - (4 * line.Size);
        return isEnded && (isIndented || isShort);
    }

    // The first word would have fitted on the line before: the author ended that line.
    private bool IsAuthorsBreak(PdfLine line, int flow)
    {
        var before = _open[^1];
        var edge = _rights.GetValueOrDefault(flow, double.MinValue);
        var couldFit = before.Right + line.Words[0].Width + (2.5 * line.Size) < edge
            && !BidiOrder.HasRightToLeft(line.Text);
        return flow == _flow && (couldFit || SpacedTables.HasLeader(before.Text));
    }

    // A sentence that a column or page cuts goes on with a small letter.
    private bool GoesOnOverBreak(PdfLine? line)
    {
        if (line is null || _open.Count == 0 || _kind is not (Kind.Paragraph or Kind.Item))
        {
            return false;
        }

        var before = _open[^1];
        return Math.Abs(before.Size - line.Size) < 0.05 * line.Size
            && before.Text[^1] is not ('.' or ':' or '!' or '?' or '…')
            && (char.IsLower(line.Text[0]) || before.Text[^1] is '-' or '\u00ad')
            && before.LetterCount > 20;
    }

    private int DepthOf(double left)
    {
        while (_indents.Count > 0 && left < _indents[^1] - 4)
        {
            _indents.RemoveAt(_indents.Count - 1);
        }

        if (_indents.Count == 0 || left > _indents[^1] + 4)
        {
            _indents.Add(left);
        }

        return Math.Min(_indents.Count - 1, 8);
    }

    private void Close()
    {
        if (_open.Count == 0)
        {
            return;
        }

        var place = PlaceOf(_open, _sheet);
        if (_kind == Kind.Code && _open.Count >= CodeLinesMin)
        {
            _blocks.Add(new CodeBlock(CodeText(), place));
        }
        else
        {
            AddText(OpenText(), _open[0].Role == PdfRole.Caption, place);
        }

        _open.Clear();
        _breaks.Clear();
    }

    private string OpenText()
    {
        var parts = new List<List<string>> { new() };
        for (var index = 0; index < _open.Count; index++)
        {
            if (_breaks.Contains(index))
            {
                parts.Add([]);
            }

            parts[^1].Add(_open[index].Text);
        }

        return string.Join('\n', parts.Select(lines => PdfText.Join(lines)));
    }

    private void AddText(string text, bool isCaption, SourcePlace place)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_kind == Kind.Item && ListMarks.TryRead(text, out var length, out _))
        {
            // A letter or a Roman number is kept: the model has no place for it.
            var isPlain = _item.Number is not null || !char.IsLetterOrDigit(text.AsSpan(0, length).TrimStart('(')[0]);
            _blocks.Add(new ListItemBlock(
                _item.Depth,
                _item.Number,
                (isPlain ? text[length..] : text).Trim(),
                place));
        }
        else if (_kind == Kind.Heading)
        {
            _blocks.Add(new HeadingBlock(_level, text, place));
        }
        else if (isCaption || Captions.IsCaption(text))
        {
            _blocks.Add(new CaptionBlock(text, place));
        }
        else
        {
            _blocks.Add(new ParagraphBlock(text, place));
        }
    }

    // Spaces at the start of a line of code come from its place.
    private string CodeText()
    {
        var left = _open.Min(line => line.Left);
        return string.Join('\n', _open.Select(line =>
            new string(' ', Math.Clamp((int)Math.Round((line.Left - left) / (0.6 * line.Size)), 0, 80)) + line.Text));
    }

    private static TableBlock ToBlock(PdfTable table, PdfSheet sheet)
    {
        var rows = table.RowBoxes.Select(_ => Enumerable.Repeat("", table.ColumnCount).ToArray()).ToArray();
        foreach (var cell in table.Cells)
        {
            var text = rows[cell.Row][cell.Column];
            rows[cell.Row][cell.Column] = text.Length == 0 ? cell.Text : $"{text} {cell.Text}";
        }

        return new TableBlock(
            [
                .. rows.Select((cells, row) => new TableRow(cells, PlaceOf(table.RowBoxes[row], sheet))
                {
                    Spans = SpansOf(table, row),
                }),
            ],
            table.HeaderRowCount,
            PlaceOf(table.Box, sheet));
    }

    private static IReadOnlyList<CellSpan> SpansOf(PdfTable table, int row) =>
    [
        .. table.Cells
            .Where(cell => cell.Row == row && (cell.RowEnd > row || cell.ColumnEnd > cell.Column))
            .Select(cell => new CellSpan(cell.Column, cell.ColumnEnd - cell.Column + 1, cell.RowEnd - row + 1)),
    ];

    // The lines on the page where the block begins.
    private static SourcePlace PlaceOf(List<PdfLine> lines, PdfSheet sheet) => PlaceOf(
        new PageBox(
            lines.Min(line => line.Left),
            lines.Min(line => line.Box.Bottom),
            lines.Max(line => line.Right),
            lines.Max(line => line.Box.Top)),
        sheet);

    private static SourcePlace PlaceOf(PageBox box, PdfSheet sheet) =>
        new() { Page = sheet.Number, Box = Turned.Back(box, sheet.Turn) };

    private static bool IsMonospaced(string font) =>
        font.Contains("Mono", StringComparison.OrdinalIgnoreCase)
        || font.Contains("Courier", StringComparison.OrdinalIgnoreCase)
        || font.Contains("Consol", StringComparison.OrdinalIgnoreCase)
        || font.Contains("Menlo", StringComparison.OrdinalIgnoreCase)
        || font.Contains("CMTT", StringComparison.OrdinalIgnoreCase);
}
