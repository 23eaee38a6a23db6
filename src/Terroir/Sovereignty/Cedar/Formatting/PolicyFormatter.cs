namespace Terroir.Sovereignty.Cedar;

/// <summary>Writes policies in one canonical form; comments are kept, and so is every token.</summary>
/// <remarks>Formatting what is formatted changes nothing.</remarks>
public sealed class PolicyFormatter
{
    /// <summary>What is broken into several lines where it would be longer.</summary>
    private const int WidthMax = 80;

    private readonly List<FormatPiece> _pieces;
    private readonly FormatWriter _writer;
    private readonly int[] _partners;

    private PolicyFormatter(string text)
    {
        _pieces = FormatPiece.Cut(text);
        _writer = new FormatWriter(_pieces);
        _partners = Pair(_pieces);
    }

    /// <summary>Formats the policies of a text.</summary>
    /// <exception cref="PolicyInvalidException">The text is not of the grammar.</exception>
    public static string Format(string text)
    {
        PolicyParser.Read(text);
        var formatter = new PolicyFormatter(text);
        formatter.WriteAll();
        return formatter._writer.ToString();
    }

    private static int[] Pair(List<FormatPiece> pieces)
    {
        var partners = new int[pieces.Count];
        var open = new Stack<int>();
        for (var place = 0; place < pieces.Count; place++)
        {
            var token = pieces[place].Token;
            if (token.Is("(") || token.Is("[") || token.Is("{"))
            {
                open.Push(place);
            }
            else if ((token.Is(")") || token.Is("]") || token.Is("}")) && open.TryPop(out var partner))
            {
                partners[partner] = place;
            }
        }

        return partners;
    }

    private void WriteAll()
    {
        var place = 0;
        while (place < _pieces.Count - 1)
        {
            if (place > 0)
            {
                _writer.EndLine();
                _writer.EndParagraph();
            }

            place = WritePolicy(place);
        }

        if (_pieces[^1].Before.Count > 0)
        {
            _writer.EndLine();
            _writer.EndParagraph();
            _writer.Write(_pieces.Count - 1);
        }
    }

    private int WritePolicy(int place)
    {
        while (_pieces[place].Token.Is("@"))
        {
            var end = _pieces[place + 2].Token.Is("(") ? _partners[place + 2] + 1 : place + 2;
            WriteFlat(place, end);
            _writer.EndLine();
            place = end;
        }

        var close = _partners[place + 1];
        _writer.Write(place);
        WriteGroup(place + 1, close, isOneEach: true);
        place = close + 1;
        while (!_pieces[place].Token.Is(";"))
        {
            _writer.EndLine();
            close = _partners[place + 1];
            _writer.Write(place);
            WriteGroup(place + 1, close);
            place = close + 1;
        }

        _writer.Write(place);
        return place + 1;
    }

    private void WriteFlat(int start, int end)
    {
        for (var place = start; place < end; place++)
        {
            _writer.Write(place);
        }
    }

    private bool IsFlat(int start, int end)
    {
        for (var place = start; place < end; place++)
        {
            if ((place > start && _pieces[place].Before.Count > 0)
                || (place < end - 1 && _pieces[place].After is not null))
            {
                return false;
            }
        }

        return _writer.Column + 1 + _writer.Measure(start, end) <= WidthMax;
    }

    // Brackets with what they hold, on one line or on several: what commas separate then has one each if asked for.
    private void WriteGroup(int open, int close, bool isOneEach = false)
    {
        if (IsFlat(open, close + 1))
        {
            WriteFlat(open, close + 1);
            return;
        }

        _writer.Write(open);
        if (close > open + 1)
        {
            _writer.Indent++;
            _writer.EndLine();
            if (isOneEach)
            {
                WriteSegments(open + 1, close, Breaks(open + 1, close));
            }
            else
            {
                WriteSequence(open + 1, close);
            }

            _writer.Indent--;
            _writer.EndLine();
        }

        _writer.Write(close);
    }

    // What stands between brackets: broken at its commas, else at its loosest operators.
    private void WriteSequence(int start, int end)
    {
        if (IsFlat(start, end))
        {
            WriteFlat(start, end);
            return;
        }

        WriteSegments(start, end, Breaks(start, end));
    }

    private void WriteSegments(int start, int end, List<int> breaks)
    {
        foreach (var next in breaks)
        {
            WriteSegment(start, next);
            _writer.EndLine();
            start = next;
        }

        WriteSegment(start, end);
    }

    private void WriteSegment(int start, int end)
    {
        if (IsFlat(start, end))
        {
            WriteFlat(start, end);
            return;
        }

        if (Breaks(start, end) is { Count: > 0 } breaks)
        {
            WriteSegment(start, breaks[0]);
            _writer.Indent++;
            _writer.EndLine();
            WriteSegments(breaks[0], end, breaks[1..]);
            _writer.Indent--;
            return;
        }

        for (var place = start; place < end; place++)
        {
            if (_partners[place] > place)
            {
                WriteGroup(place, _partners[place]);
                place = _partners[place];
            }
            else
            {
                _writer.Write(place);
            }
        }
    }

    private List<int> Breaks(int start, int end)
    {
        foreach (var separator in (string[])[",", "else", "||", "&&"])
        {
            var breaks = new List<int>();
            for (var place = start; place < end; place++)
            {
                if (_partners[place] > place)
                {
                    place = _partners[place];
                }
                else if (place > start && _pieces[place].Token.Is(separator)
                    && !_pieces[place - 1].Token.Is("."))
                {
                    // Only the word that begins a branch begins a line.
                    var next = separator is "else" ? place : place + 1;
                    if (next < end)
                    {
                        breaks.Add(next);
                    }
                }
            }

            if (breaks.Count > 0)
            {
                return breaks;
            }
        }

        return [];
    }
}
