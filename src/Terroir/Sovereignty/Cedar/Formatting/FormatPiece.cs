namespace Terroir.Sovereignty.Cedar;

/// <summary>A token with the comments that belong to it.</summary>
/// <param name="Token">The token.</param>
/// <param name="Before">The comments on lines of their own before it.</param>
/// <param name="After">The comment behind it on its line, if any.</param>
internal sealed record FormatPiece(Token Token, IReadOnlyList<FormatComment> Before, string? After)
{
    /// <summary>Cuts a text into pieces; the last one is the end.</summary>
    public static List<FormatPiece> Cut(string text)
    {
        var source = new SourceText(text);
        var comments = new List<Token>();
        var tokens = Lexer.Cut(source, comments);
        var pieces = new List<FormatPiece>(tokens.Count);
        var next = 0;
        var end = 0;
        foreach (var token in tokens)
        {
            var before = new List<FormatComment>();
            for (; next < comments.Count && comments[next].Start < token.Start; next++)
            {
                var comment = comments[next];
                if (pieces.Count > 0 && before.Count == 0 && pieces[^1].After is null
                    && !text.AsSpan(end, comment.Start - end).ContainsAny('\n', '\r'))
                {
                    pieces[^1] = pieces[^1] with { After = comment.Text };
                    continue;
                }

                var following = next + 1 < comments.Count && comments[next + 1].Start < token.Start
                    ? comments[next + 1].Start
                    : token.Start;
                var lines = text.AsSpan(comment.End, following - comment.End).Count('\n');
                before.Add(new FormatComment(comment.Text, IsApart: lines > 1));
            }

            pieces.Add(new FormatPiece(token, before, After: null));
            end = token.End;
        }

        return pieces;
    }
}

/// <summary>A comment on a line of its own.</summary>
/// <param name="Text">From <c>//</c> on.</param>
/// <param name="IsApart">Whether an empty line follows it.</param>
internal sealed record FormatComment(string Text, bool IsApart);
