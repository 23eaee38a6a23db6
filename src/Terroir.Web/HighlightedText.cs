using Terroir.Retrieval;

namespace Terroir.Web;

/// <summary>Takes the text of a hit apart at the words of the query.</summary>
public static class HighlightedText
{
    /// <summary>How many characters of a passage are shown.</summary>
    public const int LengthMax = 600;

    // How many characters stand before the first word of the query in a text that is cut.
    private const int LeadLength = 120;

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ranges">The words of the query, in order, not overlapping.</param>
    /// <returns>The pieces in order; together they are the text, or of a long one the part around the first word, with
    /// dots where something is left out.</returns>
    public static IReadOnlyList<HighlightedPiece> Pieces(string text, IReadOnlyList<TextRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ranges);
        var start = text.Length <= LengthMax || ranges.Count == 0 ? 0 : Boundary(text, ranges[0].Start - LeadLength);
        var end = text.Length - start <= LengthMax ? text.Length : Boundary(text, start + LengthMax);
        end = end > start ? end : start + LengthMax;
        var pieces = new List<HighlightedPiece>();
        var at = start;
        Add(pieces, start > 0 ? "… " : "", isWord: false);
        foreach (var range in ranges.Where(range => range.Start >= start && range.End <= end))
        {
            Add(pieces, text[at..range.Start], isWord: false);
            Add(pieces, text[range.Start..range.End], isWord: true);
            at = range.End;
        }

        Add(pieces, text[at..end], isWord: false);
        Add(pieces, end < text.Length ? " …" : "", isWord: false);
        return pieces;
    }

    private static void Add(List<HighlightedPiece> pieces, string text, bool isWord)
    {
        if (text.Length > 0)
        {
            pieces.Add(new HighlightedPiece(text, isWord));
        }
    }

    // After a space, so that no word is cut if there is one.
    private static int Boundary(string text, int at) => at <= 0 ? 0 : text.LastIndexOfAny([' ', '\n'], at - 1) + 1;
}

/// <summary>A piece of the text of a hit.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsWord">Whether it is a word of the query.</param>
public sealed record HighlightedPiece(string Text, bool IsWord);
