using System.Text.RegularExpressions;
using Terroir.Languages;

namespace Terroir.Answers;

/// <summary>Cuts canonical text into sentences, list items, table rows, headings and the marks between them.</summary>
/// <remarks>A line never joins the next: the pieces of two texts with a line feed between them are those of the one
/// and then those of the other. The pieces are in order, do not overlap, and hold every character but spaces.</remarks>
internal static partial class SentenceSplitter
{
    /// <summary>Lists what a text says: its pieces without marks that stand alone. The mark of a list item or of a
    /// heading stays with its first sentence.</summary>
    /// <param name="text">Canonical text, or a passage of it.</param>
    public static IEnumerable<(int Start, int End)> Split(string text)
    {
        Piece? mark = null;
        foreach (var piece in Cut(text))
        {
            if (piece.Kind == PieceKind.Markup)
            {
                mark = piece;
                continue;
            }

            yield return (mark?.Line == piece.Line ? mark.Value.Start : piece.Start, piece.End);
            mark = null;
        }
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">Canonical text, or a passage of it.</param>
    /// <returns>Its pieces in order.</returns>
    public static IReadOnlyList<Piece> Cut(string text)
    {
        var pieces = new List<Piece>();
        var (start, line) = (0, 0);
        while (start <= text.Length)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed;
            SplitLine(text, start, end, line, pieces);
            start = end + 1;
            line++;
        }

        return pieces;
    }

    private static void SplitLine(string text, int start, int end, int line, List<Piece> pieces)
    {
        (start, end) = Trim(text, start, end);
        if (start == end)
        {
            return;
        }

        var content = text.AsSpan(start, end - start);
        if (Rule().IsMatch(content))
        {
            pieces.Add(new Piece(start, end, PieceKind.Markup, line));
        }
        else if (content[0] == '|')
        {
            pieces.Add(new Piece(start, end, PieceKind.Row, line));
        }
        else if (MarkLength(content) is var length and > 0)
        {
            var mark = content[..length].TrimEnd();
            pieces.Add(new Piece(start, start + mark.Length, PieceKind.Markup, line));
            if (mark[0] == '#')
            {
                pieces.Add(new Piece(start + length, end, PieceKind.Heading, line));
            }
            else
            {
                SplitSentences(text, start + length, end, PieceKind.Item, line, pieces);
            }
        }
        else
        {
            SplitSentences(text, start, end, PieceKind.Sentence, line, pieces);
        }
    }

    private static void SplitSentences(string text, int start, int end, PieceKind kind, int line, List<Piece> pieces)
    {
        var from = start;
        foreach (var cut in SentenceEnds.Find(text.AsSpan(start, end - start)))
        {
            var (first, last) = Trim(text, from, start + cut);
            pieces.Add(new Piece(first, last, kind, line));
            from = start + cut;
        }
    }

    private static int MarkLength(ReadOnlySpan<char> content)
    {
        foreach (var match in Mark().EnumerateMatches(content))
        {
            return match.Length;
        }

        return 0;
    }

    private static (int Start, int End) Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    [GeneratedRegex(@"^(?:[|\-:\s]+|`{3}\w*|#+|[-*_]{3,}|\d{1,3}[.)])$", RegexOptions.None, 30_000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(?:[-*•–]|\d{1,3}[.)]|#{1,6})\s+(?=\S)", RegexOptions.None, 30_000)]
    private static partial Regex Mark();
}
