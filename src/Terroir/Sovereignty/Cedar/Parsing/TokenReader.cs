namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads the tokens of a text one after the other.</summary>
internal sealed class TokenReader
{
    private readonly List<Token> _tokens;
    private int _place;
    private int _nesting;

    /// <summary>Cuts a text.</summary>
    /// <exception cref="PolicyInvalidException">It holds what is no token.</exception>
    public TokenReader(string text)
    {
        Source = new SourceText(text);
        _tokens = Lexer.Cut(Source);
    }

    public SourceText Source { get; }

    public Token Current => _tokens[_place];

    public bool IsAtEnd => Current.Kind == TokenKind.End;

    public Token Peek(int count) => _tokens[Math.Min(_place + count, _tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        _place = Math.Min(_place + 1, _tokens.Count - 1);
        return token;
    }

    /// <summary>Takes a symbol or word if it stands next.</summary>
    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    public Token Expect(string symbol) => Current.Is(symbol) ? Take() : throw Unexpected($"'{symbol}'");

    public Token Expect(TokenKind kind, string what) => Current.Kind == kind ? Take() : throw Unexpected(what);

    /// <summary>Takes a word that may be a name.</summary>
    public string ExpectName()
    {
        var token = Expect(TokenKind.Name, "a name");
        return CedarText.IsReserved(token.Text)
            ? throw Source.Fault(PolicyFaultKind.ReservedWord, token.Start, token.Text)
            : token.Text;
    }

    /// <summary>Takes a string literal and gives what it means.</summary>
    public string ExpectString() => StringLiteral.Read(Source, Expect(TokenKind.String, "a string"));

    /// <summary>Takes <c>A::B::C</c>.</summary>
    public string ExpectPath()
    {
        var path = ExpectName();
        while (Current.Is("::") && Peek(1).Kind == TokenKind.Name)
        {
            Take();
            path = $"{path}::{ExpectName()}";
        }

        return path;
    }

    /// <summary>Takes <c>A::B::"id"</c>.</summary>
    public EntityUid ExpectEntity()
    {
        var type = ExpectPath();
        Expect("::");
        return new EntityUid(type, ExpectString());
    }

    /// <summary>Reads elements between two symbols, with commas; one may stand after the last.</summary>
    public List<T> ReadList<T>(string open, string close, Func<T> read)
    {
        Expect(open);
        var list = new List<T>();
        while (!Current.Is(close))
        {
            list.Add(read());
            if (!TryTake(","))
            {
                break;
            }
        }

        Expect(close);
        return list;
    }

    /// <summary>Reads what may nest.</summary>
    public T Nest<T>(Func<T> read)
    {
        if (++_nesting > CedarLimits.NestingMax)
        {
            throw Source.Fault(PolicyFaultKind.LimitExceeded, Current.Start, nameof(CedarLimits.NestingMax));
        }

        var result = read();
        _nesting--;
        return result;
    }

    public PolicyInvalidException Unexpected(string expected) => Source.Fault(
        PolicyFaultKind.UnexpectedToken,
        Current.Start,
        expected,
        Current.Kind == TokenKind.End ? "the end" : $"'{Shorten(Current.Text)}'");

    private static string Shorten(string text)
    {
        const int LengthMax = 40;
        return text.Length <= LengthMax ? text : $"{text[..LengthMax]}...";
    }
}
