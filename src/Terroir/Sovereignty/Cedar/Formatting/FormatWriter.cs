using System.Text;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Writes pieces with the spaces that stand between them, and begins lines where it is told to.</summary>
/// <param name="pieces">All pieces of the text.</param>
internal sealed class FormatWriter(IReadOnlyList<FormatPiece> pieces)
{
    private const int IndentLength = 2;

    private static readonly HashSet<string> Prefixes = new(StringComparer.Ordinal)
    {
        "(", "[", "{", ",", ":", "!", "-", "+", "*", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in", "if", "then",
        "else", "when", "unless", "has", "like", "is",
    };

    private readonly StringBuilder _written = new();
    private int _lineStart;
    private bool _endsLine;

    /// <summary>How many steps the lines that begin now are moved to the right.</summary>
    public int Indent { get; set; }

    /// <summary>How many characters the current line has, or will have before the next piece.</summary>
    public int Column => _endsLine ? Indent * IndentLength : _written.Length - _lineStart;

    /// <summary>Begins a line before the next piece.</summary>
    public void EndLine() => _endsLine = _written.Length > 0;

    /// <summary>Leaves a line empty before the next piece.</summary>
    public void EndParagraph()
    {
        if (_written.Length > 0)
        {
            Break();
            _endsLine = true;
        }
    }

    /// <summary>Writes a piece with its comments.</summary>
    public void Write(int place)
    {
        var piece = pieces[place];
        foreach (var comment in piece.Before)
        {
            EndLine();
            Append(comment.Text);
            EndLine();
            if (comment.IsApart && Indent == 0)
            {
                EndParagraph();
            }
        }

        if (!_endsLine && place > 0 && IsApart(place))
        {
            _written.Append(' ');
        }

        Append(piece.Token.Text);
        if (piece.After is { } after)
        {
            _written.Append(' ').Append(after);
            EndLine();
        }
    }

    /// <summary>How many characters the pieces take on one line.</summary>
    public int Measure(int start, int end)
    {
        var length = 0;
        for (var place = start; place < end; place++)
        {
            length += pieces[place].Token.Text.Length + (place > start && IsApart(place) ? 1 : 0);
        }

        return length;
    }

    /// <inheritdoc/>
    public override string ToString() => _written.Length == 0 ? "" : _written.ToString().TrimEnd('\n', ' ') + '\n';

    private void Append(string text)
    {
        if (_endsLine)
        {
            Break();
            _written.Append(' ', Indent * IndentLength);
            _endsLine = false;
        }

        _written.Append(text);
    }

    private void Break()
    {
        _written.Append('\n');
        _lineStart = _written.Length;
    }

    // Whether a space stands before a piece.
    private bool IsApart(int place)
    {
        var token = pieces[place].Token;
        var before = pieces[place - 1].Token;
        if (token.Is(",") || token.Is(";") || token.Is(".") || token.Is("::") || token.Is(":") || token.Is(")")
            || token.Is("]") || before.Is("(") || before.Is("[") || before.Is(".") || before.Is("::")
            || before.Is("@") || before.Is("!"))
        {
            return false;
        }

        if (before.Is("-"))
        {
            return !IsPrefix(place - 1);
        }

        if (token.Is("(") || token.Is("["))
        {
            return before.Is("permit") || before.Is("forbid") || IsOperator(place - 1);
        }

        return true;
    }

    // A minus that begins an operand.
    private bool IsPrefix(int place) => place == 0 || IsOperator(place - 1);

    // A word after a point is an attribute, whatever it says.
    private bool IsOperator(int place) =>
        Prefixes.Contains(pieces[place].Token.Text)
        && pieces[place].Token.Kind != TokenKind.String
        && (place == 0 || !pieces[place - 1].Token.Is("."));
}
