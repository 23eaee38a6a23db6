namespace Terroir.Sovereignty.Cedar;

/// <summary>Cuts a text of policies or of a schema into tokens; comments are kept apart.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols =
    [
        "::", "==", "!=", "<=", ">=", "||", "&&", "@", ".", ",", ";", ":", "(", ")", "{", "}", "[", "]", "<", ">", "+",
        "-", "*", "/", "%", "!", "=", "?",
    ];

    /// <summary>Cuts a text; the last token is of kind <see cref="TokenKind.End"/>.</summary>
    /// <param name="source">The text.</param>
    /// <param name="comments">Takes the comments in order, if given: each from <c>//</c> to its line's end.</param>
    /// <exception cref="PolicyInvalidException">A character begins no token, or a string does not end.</exception>
    public static List<Token> Cut(SourceText source, List<Token>? comments = null)
    {
        var text = source.Text;
        if (text.Length > CedarLimits.TextLengthMax)
        {
            throw Faults.Limit(nameof(CedarLimits.TextLengthMax));
        }

        var tokens = new List<Token>();
        var place = 0;
        while (place < text.Length)
        {
            if (char.IsWhiteSpace(text[place]))
            {
                place++;
            }
            else if (text[place] == '/' && place + 1 < text.Length && text[place + 1] == '/')
            {
                var length = text.AsSpan(place).IndexOfAny('\n', '\r');
                var end = length < 0 ? text.Length : place + length;
                comments?.Add(new Token(TokenKind.Symbol, text[place..end].TrimEnd(), place));
                place = end;
            }
            else
            {
                var token = Next(source, place);
                tokens.Add(token);
                place = token.End;
            }
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(SourceText source, int place)
    {
        var text = source.Text;
        var first = text[place];
        if (CedarText.IsNameStart(first))
        {
            return Take(TokenKind.Name, text, place, EndOfName(text, place));
        }

        if (char.IsAsciiDigit(first))
        {
            var end = place;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            return Take(TokenKind.Integer, text, place, end);
        }

        if (first == '"')
        {
            return Take(TokenKind.String, text, place, EndOfString(source, place));
        }

        if (first == '?' && place + 1 < text.Length && CedarText.IsNameStart(text[place + 1]))
        {
            return Take(TokenKind.Slot, text, place, EndOfName(text, place + 1));
        }

        var symbol = Array.Find(
            Symbols,
            item => string.CompareOrdinal(text, place, item, 0, item.Length) == 0);
        return symbol is not null
            ? new Token(TokenKind.Symbol, symbol, place)
            : throw source.Fault(
                PolicyFaultKind.UnknownCharacter,
                place,
                CedarText.Quote(char.IsSurrogate(first) ? "\ufffd" : first.ToString()));
    }

    private static Token Take(TokenKind kind, string text, int start, int end) => new(kind, text[start..end], start);

    private static int EndOfName(string text, int place)
    {
        while (place < text.Length && CedarText.IsNamePart(text[place]))
        {
            place++;
        }

        return place;
    }

    private static int EndOfString(SourceText source, int start)
    {
        var text = source.Text;
        for (var place = start + 1; place < text.Length; place++)
        {
            if (text[place] == '\\')
            {
                place++;
            }
            else if (text[place] == '"')
            {
                return place + 1;
            }
        }

        throw source.Fault(PolicyFaultKind.UnclosedString, start, "");
    }
}
