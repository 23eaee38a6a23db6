using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Web;

/// <summary>Takes the text of an answer apart into words and citation markers.</summary>
public static partial class MarkedText
{
    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text, with markers such as <c>[1]</c>.</param>
    /// <param name="citationCount">How many citations there are; a marker beyond them is plain text.</param>
    /// <returns>For each paragraph its pieces in order.</returns>
    public static IReadOnlyList<IReadOnlyList<TextPiece>> Paragraphs(string text, int citationCount)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Pieces(line, citationCount)),
        ];
    }

    private static List<TextPiece> Pieces(string line, int citationCount)
    {
        var pieces = new List<TextPiece>();
        var start = 0;
        foreach (Match match in Marker().Matches(line))
        {
            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            if (number >= 1 && number <= citationCount)
            {
                pieces.Add(new TextPiece(line[start..match.Index], 0));
                pieces.Add(new TextPiece("", number));
                start = match.Index + match.Length;
            }
        }

        pieces.Add(new TextPiece(line[start..], 0));
        return pieces;
    }

    [GeneratedRegex(@"\[(?<number>\d{1,3})\]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Marker();
}

/// <summary>A piece of an answer's text.</summary>
/// <param name="Text">The words; empty for a marker.</param>
/// <param name="Citation">The number of the citation; 0 for words.</param>
public sealed record TextPiece(string Text, int Citation);
