using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Kinship.Contradictions;

/// <summary>Reads the sentences and rows of a passage, and in each its words, figures and identifiers.</summary>
internal static partial class AssertionReader
{
    /// <summary>Reads a passage.</summary>
    /// <param name="text">The text of a passage: Markdown.</param>
    public static IReadOnlyList<Assertion> Read(string text) =>
    [
        .. Sentence().Matches(text)
            .Where(match => match.Length > 0)
            .Select(match => Read(text, match.Index, match.Index + match.Length))
            .Where(assertion => assertion.Words.Count + assertion.Figures.Count > 0),
    ];

    private static Assertion Read(string text, int start, int end)
    {
        var sentence = text[start..end];
        var isRow = sentence[0] == '|';
        var (words, figures, identifiers) = (new List<string>(), new List<StatedFigure>(), new List<string>());
        var negated = false;
        var skipped = Mark().Match(sentence).Length;
        foreach (Match piece in Piece().Matches(sentence, skipped))
        {
            if (piece.Groups["identifier"].Success)
            {
                identifiers.Add(piece.Value.ToLowerInvariant());
            }
            else if (Figure(piece) is { } figure && !IsIdentifier(figure, sentence, piece, isRow))
            {
                figures.Add(WithNoun(figure, sentence.AsSpan(piece.Index + piece.Length)));
            }
            else if (piece.Groups["word"].Success)
            {
                negated ^= Negation().IsMatch(piece.Value);
                AddWord(piece.Value, words);
            }
            else
            {
                identifiers.Add(piece.Value.ToLowerInvariant());
            }
        }

        return new Assertion(start, end, words, figures, identifiers, negated);
    }

    private static void AddWord(string word, List<string> words)
    {
        var folded = word.ToLowerInvariant();
        if (!Silent.Words.Contains(folded) && !Negation().IsMatch(word))
        {
            words.Add(folded);
        }
    }

    private static StatedFigure? Figure(Match piece)
    {
        if (piece.Groups["date"].Success)
        {
            return StatedDay.Read(piece);
        }

        if (piece.Groups["hour"].Success)
        {
            var minutes = (Number(piece.Groups["hour"].Value) * 60) + Number(piece.Groups["minute"].Value);
            return new StatedFigure("minute", minutes, piece.Value);
        }

        if (!piece.Groups["number"].Success)
        {
            return NumberNames.Find(piece.Value) is { } named
                ? new StatedFigure("", named, piece.Value)
                : null;
        }

        var (unit, factor) = StatedUnits.Find(piece.Groups["unit"].Value);
        return new StatedFigure(unit, Number(piece.Groups["number"].Value) * factor, piece.Value);
    }

    // A number without a unit counts something only where a word follows that is no name; in a table, behind the key.
    private static bool IsIdentifier(StatedFigure figure, string sentence, Match piece, bool isRow)
    {
        if (figure.Unit.Length > 0)
        {
            return false;
        }

        var end = piece.Index + piece.Length;
        if (isRow)
        {
            return sentence.AsSpan(0, piece.Index).Count('|') < 2;
        }

        return Year().IsMatch(piece.Value) || !Counted().IsMatch(sentence.AsSpan(end));
    }

    // "Quinze" alone does not tell what is counted.
    private static StatedFigure WithNoun(StatedFigure figure, ReadOnlySpan<char> after)
    {
        foreach (var noun in Counted().EnumerateMatches(after))
        {
            return figure.Unit.Length > 0 ? figure : figure with { Text = $"{figure.Text}{after[..noun.Length]}" };
        }

        return figure;
    }

    private static decimal Number(string text)
    {
        var digits = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.');
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;
    }

    // A row of a table, or what stands between two ends of sentences on one line.
    [GeneratedRegex(
        @"^\|[^\n]*|(?<=^|[.!?;] +|\n *)(?![\s|])(?:[^\n.!?;]|[.!?;](?! ))+[.!?;]?",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Sentence();

    // The mark of an item or a heading is no figure: "3. ", "b) ", "- ".
    [GeneratedRegex(@"^(?:[#>*•-]+\s+)*(?:\(?\d{1,3}(?:\.\d{1,3})*[.)]\s+|\(?[a-z]\)\s+)?", RegexOptions.None, 30_000)]
    private static partial Regex Mark();

    [GeneratedRegex(
        @"(?<identifier>(?<![\w.])(?:\+\d{2}[ .]?|0)\d(?:[ .-]?\d{2}){4}(?![\d])"
        + @"|(?<!\p{L})(?:n[°º]|no\.|num[ée]ro|pages?|p\.|articles?|art\.|alin[ée]a|chapitre|chapter|section|annexe|"
        + @"appendix|tableau|table|figure|fig\.|[ée]tape|step|poste|extension|r[ée]f(?:[ée]rence|\.)?|version|v|"
        + @"chambre|room|salle|bureau|lot|dossier|facture|invoice|"
        + @"code|t[ée]l(?:[ée]phone|\.)?|fax|ligne|niveau|[ée]tage|porte|"
        + @"number)\s*:?\s*\p{Lu}{0,4}-?\d[\w./-]*|\d+\s*/\s*\d+(?![/\d]))"
        + @"|(?<date>(?<!\d)(?:(?<y>20\d\d|19\d\d)-(?<m>\d\d)-(?<d>\d\d)|(?<d>\d{1,2})[/.](?<m>\d{1,2})[/.](?<y>\d{4})|"
        + @"(?<d>\d{1,2})(?:er|st|nd|rd|th)?\s(?<name>" + StatedDay.Months + @")(?:\s(?<y>\d{4}))?|"
        + @"(?<name>" + StatedDay.Months + @")\s(?<d>\d{1,2})(?:,?\s(?<y>\d{4}))?)(?![\p{L}\d]))"
        + @"|(?<!\d)(?<hour>\d{1,2})(?:\s?h(?:eures?)?\s?(?<minute>[0-5]\d)?(?![\p{L}\d])|:(?<minute>[0-5]\d)(?!\d))"
        + @"|(?<![\p{L}\d-])(?<number>\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
        + @"(?:\s?(?<unit>%|€|\$|£|°C?|\p{L}{1,12})(?<=\s?(?:" + StatedUnits.Spellings + @"))(?!\p{L}))?(?![\p{L}\d-])"
        + @"|(?<identifier>[\p{L}\d]*(?:\d\p{L}|\p{L}\d|\d-|\p{L}-\d)[\p{L}\d/-]*)"
        + @"|(?<word>\p{L}+n['’]t|\p{L}+)|\d+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Piece();

    [GeneratedRegex(
        @"^(?:pas|jamais|aucune?|nul(?:le)?|non|not|never|no|none|cannot|\w+n['’]t)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Negation();

    [GeneratedRegex(@"^(?:19|20)\d\d$", RegexOptions.None, 30_000)]
    private static partial Regex Year();

    [GeneratedRegex(@"^\s+\p{Ll}{3,}", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Counted();
}
