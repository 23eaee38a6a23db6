using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Retrieval.Text;

/// <summary>Finds what is written in several ways and means one thing: numbers of articles and files, dates, long
/// numbers in groups, quantities with a unit, versions.</summary>
/// <remarks>Each becomes a term of its own beside the words that it is made of. So every spelling finds the others,
/// and the spelling of the query comes first, because its words count too.</remarks>
internal static partial class IdentifierFinder
{
    /// <summary>What stands before the name of an identifier, in place of a chain.</summary>
    public const string Prefix = "id:";

    /// <summary>How many are taken from one text.</summary>
    internal const int CountMax = 1_024;

    // Never reached: the patterns cannot go back far.
    private const int PatternTimeoutMs = 30_000;

    private const string Months =
        "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre"
        + "|novembre|décembre|decembre|january|february|march|april|may|june|july|august|september|october|november"
        + "|december";

    private static readonly string[] MonthNumbers =
    [
        "janvier january", "fevrier février february", "mars march", "avril april", "mai may", "juin june",
        "juillet july", "aout août august", "septembre september", "octobre october", "novembre november",
        "decembre décembre december",
    ];

    /// <summary>Lists the identifiers of a text in the order in which they stand; none overlaps another.</summary>
    /// <param name="text">The text, in form NFC.</param>
    public static IEnumerable<Token> Find(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return [];
        }

        var found = Dates(text)
            .Concat(LongNumbers(text))
            .Concat(Codes(text))
            .Concat(Versions(text))
            .Concat(Quantities(text))
            .Take(CountMax);
        return WithoutOverlap(found);
    }

    // What is more certain comes first: a date is no number of a file.
    private static IEnumerable<Token> WithoutOverlap(IEnumerable<Token> found)
    {
        var kept = new List<Token>();
        foreach (var token in found)
        {
            if (kept.TrueForAll(other => token.End <= other.Start || token.Start >= other.End))
            {
                kept.Add(token);
            }
        }

        return kept.OrderBy(token => token.Start);
    }

    private static IEnumerable<Token> Dates(string text)
    {
        foreach (Match match in DayMonthYear().Matches(text))
        {
            var month = match.Groups["word"].Success
                ? MonthOf(match.Groups["word"].Value)
                : Number(match.Groups["m"].Value);
            if (DateOf(Number(match.Groups["y"].Value), month, Number(match.Groups["d"].Value)) is { } name)
            {
                yield return TokenOf(name, match);
            }
        }
    }

    private static IEnumerable<Token> LongNumbers(string text)
    {
        foreach (Match match in GroupedDigits().Matches(text))
        {
            var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
            var name = match.Value[0] == '+' && digits.StartsWith("33", StringComparison.Ordinal)
                ? $"0{digits[2..].TrimStart('0')}"
                : digits;

            // A SIREN number, a telephone number, a SIRET number.
            if (name.Length is 9 or 14 || (name.Length == 10 && name[0] == '0'))
            {
                yield return TokenOf(name, match);
            }
        }
    }

    private static IEnumerable<Token> Codes(string text)
    {
        foreach (Match match in LettersAndFigures().Matches(text))
        {
            var figures = match.Groups["n"].Value.Replace('/', '-').Replace('‑', '-');
            yield return TokenOf($"{match.Groups["l"].Value.ToLowerInvariant()}{figures}", match);
        }
    }

    private static IEnumerable<Token> Versions(string text)
    {
        foreach (Match match in Version().Matches(text))
        {
            yield return TokenOf($"v{match.Groups["n"].Value}", match);
        }
    }

    private static IEnumerable<Token> Quantities(string text)
    {
        foreach (Match match in Quantity().Matches(text))
        {
            var unit = match.Groups["u"].Value.ToLowerInvariant() switch
            {
                "μg" or "mcg" => "µg",
                "euro" or "euros" or "eur" => "€",
                "pour cent" => "%",
                "heures" or "heure" => "h",
                "minutes" or "minute" => "min",
                var other => other,
            };
            yield return TokenOf($"{match.Groups["n"].Value.Replace(',', '.')}{unit}", match);
        }
    }

    private static Token TokenOf(string name, Match match) =>
        new(Prefix + name, match.Index, match.Index + match.Length);

    private static string? DateOf(int year, int month, int day) =>
        month is >= 1 and <= 12 && year >= 1 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}")
            : null;

    private static int MonthOf(string name) => 1 + Array.FindIndex(
        MonthNumbers,
        names => names.Split(' ').Contains(name, StringComparer.OrdinalIgnoreCase));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?<![\w/.-])(?:(?<y>[12]\d{3})-(?<m>\d{2})-(?<d>\d{2})"
        + @"|(?<d>\d{1,2})(?<s>[/.-])(?<m>\d{1,2})\k<s>(?<y>[12]\d{3})"
        + @"|(?<d>\d{1,2})(?:er|st|nd|rd|th)?[ \u00A0](?<word>" + Months + @")[ \u00A0](?<y>[12]\d{3})"
        + @"|(?<word>" + Months + @")[ \u00A0](?<d>\d{1,2})(?:st|nd|rd|th)?,?[ \u00A0](?<y>[12]\d{3}))(?![\w/-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(
        @"(?<![\w.,-])(?:\+\d{2}[ .\u00A0\u202F]?\d|\d{2,3})(?:[ .\u00A0\u202F-]?\d{2,5}){2,5}(?![\w-])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex GroupedDigits();

    // Letters that touch the figures or are tied by a hyphen; capitals, or the letter of an article, also apart. One
    // small letter that is no article's is more often a variable: x-15.
    [GeneratedRegex(
        @"(?<![\w-])(?:(?:(?<l>[A-Za-z]{2,10}|[A-Zlrda])-?|(?<l>[A-Z]{2,10})[ \u00A0]"
        + @"|(?<l>[LRDAClrd])(?:\.[ \u00A0]?|[ \u00A0]))"
        + @"(?<n>\d{1,6}(?:[-‑]\d{1,6}){0,3})|(?<l>)(?<n>\d{1,6}(?:[-‑/]\d{1,6}){1,3}))(?![\w/-]|[.,]\d)",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex LettersAndFigures();

    [GeneratedRegex(
        @"(?<![\w.,])(?:v(?:ersion)?\.?[ \u00A0]?(?<n>\d{1,4}(?:\.\d{1,4}){1,3})"
        + @"|(?<n>\d{1,4}(?:\.\d{1,4}){2,3}))(?![\w-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Version();

    [GeneratedRegex(
        @"(?<![\w.,-])(?<n>\d{1,9}(?:[.,]\d{1,4})?)[ \u00A0\u202F]?(?<u>mg|kg|[µμ]g|mcg|g|ml|cl|dl|l|mm|cm|km|m|kwh"
        + @"|kw|w|ko|mo|go|to|h|heures?|min|minutes?|€|eur|euros?|%|pour[ ]cent|°c)(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Quantity();
}
