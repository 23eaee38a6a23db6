using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Answers;

/// <summary>The figures of a text, each in one spelling: <c>1 250,50</c> and <c>1250,5</c> are equal, and so are
/// <c>trois</c> and <c>3</c>, <c>€</c> and <c>euros</c>. An article (<c>un</c>, <c>one</c>) is no number.</summary>
internal sealed partial class Figures
{
    // The letters of 1er, 2e, 3rd.
    private static readonly char[] Ordinals = [.. "erèmndsth"];

    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bare = new(StringComparer.Ordinal);
    private readonly HashSet<(string Number, string Unit)> _counts = [];
    private readonly HashSet<string> _units = new(StringComparer.Ordinal);
    private readonly StringBuilder _rest;

    private Figures(string text) => _rest = new StringBuilder(text);

    /// <summary>All numbers, in digits and in words.</summary>
    public IReadOnlySet<string> Numbers => _numbers;

    /// <summary>The numbers that a unit follows, with it.</summary>
    public IReadOnlySet<(string Number, string Unit)> Counts => _counts;

    /// <summary>The text with spaces in the place of numbers and of the units that follow them.</summary>
    public string Rest => _rest.ToString();

    /// <summary>Reads the figures of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">The language: <c>en</c>, or anything else for French.</param>
    public static Figures Of(string text, string language)
    {
        var figures = new Figures(text);
        var words = new NumberWords();
        string[] last = [];
        foreach (Match match in Piece().Matches(text))
        {
            if (words.Add(match.Value))
            {
                figures.Blank(match);
                continue;
            }

            last = words.Take() is { } total ? figures.Keep([total], last) : last;
            last = char.IsAsciiDigit(match.Value[0])
                ? figures.Read(match, last, language is "en")
                : figures.Count(match, last);
        }

        last = words.Take() is { } end ? figures.Keep([end], last) : last;
        figures.Keep([], last);
        return figures;
    }

    /// <summary>Whether every figure of a claim is in some of the quotes: its numbers, each with its unit. Where a
    /// quote has a number without a unit, as in a table, the unit may stand elsewhere in the quotes.</summary>
    public static bool Agree(Figures claim, IReadOnlyCollection<Figures> quotes) =>
        claim._numbers.All(number => quotes.Any(quote => quote._numbers.Contains(number)))
        && claim._counts.All(count => quotes.Any(quote => quote._counts.Contains(count))
            || (quotes.Any(quote => quote._bare.Contains(count.Number))
                && quotes.Any(quote => quote._units.Contains(count.Unit))));

    // Numbers wait for the word that follows: a unit, or anything else.
    private string[] Keep(string[] numbers, string[] last)
    {
        _bare.UnionWith(last);
        _numbers.UnionWith(numbers);
        return numbers;
    }

    private string[] Read(Match match, string[] last, bool isEnglish)
    {
        // The digits of a name such as A4 stay with it.
        if (match.Index == 0 || !char.IsLetter(_rest[match.Index - 1]))
        {
            Blank(match);
        }

        return Keep(Normalize(match.Value, isEnglish), last);
    }

    private string[] Count(Match match, string[] last)
    {
        var unit = FigureUnits.Find(match.Value);
        if (unit is not null)
        {
            _units.Add(unit);
        }

        if (unit is null || last.Length == 0)
        {
            return Keep([], last);
        }

        _counts.UnionWith(last.Select(number => (number, unit)));
        Blank(match);
        return [];
    }

    private void Blank(Match match)
    {
        for (var index = match.Index; index < match.Index + match.Length; index++)
        {
            _rest[index] = ' ';
        }
    }

    // French writes 1.250,5 and English 1,250.5. What is neither, such as 01.02.2026, is several numbers.
    private static string[] Normalize(string piece, bool isEnglish)
    {
        var text = Spaces().Replace(piece, "").TrimEnd(Ordinals);
        var (point, separator) = isEnglish ? ('.', ',') : (',', '.');
        var parts = text.Split(point);
        var groups = parts[0].Split(separator);
        var isGrouped = groups.Length > 1 && groups[0].Length <= 3 && groups[0][0] != '0'
            && groups[1..].All(group => group.Length == 3);
        if (parts.Length <= 2 && (groups.Length == 1 || isGrouped)
            && (parts.Length == 1 || !parts[1].Contains(separator, StringComparison.Ordinal)))
        {
            return [Trim(string.Concat(groups), parts.Length == 2 ? parts[1] : "")];
        }

        var pieces = text.Split('.', ',');
        return pieces.Length == 2 ? [Trim(pieces[0], pieces[1])] : Array.ConvertAll(pieces, part => Trim(part, ""));
    }

    private static string Trim(string whole, string fraction)
    {
        var start = whole.TrimStart('0');
        var end = fraction.TrimEnd('0');
        return (start.Length > 0 ? start : "0") + (end.Length > 0 ? "." + end : "");
    }

    [GeneratedRegex(
        @"\d+(?:er|ère|re|ème|e|nde?|st|rd|th)\b|"
        + @"\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*|"
        + @"(?:pour|per)[ \u00A0]cents?\b|\p{L}+|[€$£%°]",
        RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Piece();

    [GeneratedRegex(@"\s", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Spaces();
}
