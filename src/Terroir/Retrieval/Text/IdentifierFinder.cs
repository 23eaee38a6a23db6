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

    // The longest before figures: "September", "COVID", "version"; a longer one is none of them.
    private const int WordLengthMax = 10;

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
        var starts = Starts(text);
        if (starts.Count == 0)
        {
            return [];
        }

        var found = Dates(text, starts)
            .Concat(LongNumbers(text, starts))
            .Concat(Codes(text, starts))
            .Concat(Versions(text, starts))
            .Concat(Quantities(text, starts))
            .Take(CountMax);
        return WithoutOverlap(found);
    }

    /// <summary>Lists where an identifier may begin, in order: at figures, at a sign before them, and at the word
    /// before them. Trying the patterns everywhere would take most of the time of indexing a text.</summary>
    private static List<int> Starts(string text)
    {
        var starts = new List<int>();
        for (var at = text.AsSpan().IndexOfAnyInRange('0', '9'); at >= 0;)
        {
            if (WordBefore(text, at) is { } word)
            {
                starts.Add(word);
            }

            if (at > 0 && text[at - 1] == '+')
            {
                starts.Add(at - 1);
            }

            starts.Add(at);
            var length = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            var next = length < 0 ? -1 : text.AsSpan(at + length).IndexOfAnyInRange('0', '9');
            at = next < 0 ? -1 : at + length + next;
        }

        return starts;
    }

    // The word that touches the figures or is tied to them by a hyphen, a full stop, a space, or the last two.
    private static int? WordBefore(string text, int at)
    {
        var end = at;
        if (end > 0 && text[end - 1] is ' ' or '\u00A0' or '-')
        {
            end--;
        }

        if (end > 0 && text[end - 1] == '.')
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start <= WordLengthMax && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return start < end ? start : null;
    }

    private static IEnumerable<Match> Matches(Regex pattern, string text, List<int> starts)
    {
        var end = 0;
        foreach (var start in starts)
        {
            if (start >= end && pattern.Match(text, start) is { Success: true } match)
            {
                end = match.Index + match.Length;
                yield return match;
            }
        }
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

    private static IEnumerable<Token> Dates(string text, List<int> starts)
    {
        foreach (var match in Matches(DayMonthYear(), text, starts))
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

    private static IEnumerable<Token> LongNumbers(string text, List<int> starts)
    {
        foreach (var match in Matches(GroupedDigits(), text, starts))
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

    private static IEnumerable<Token> Codes(string text, List<int> starts)
    {
        foreach (var match in Matches(LettersAndFigures(), text, starts))
        {
            var figures = match.Groups["n"].Value.Replace('/', '-').Replace('‑', '-');
            yield return TokenOf($"{match.Groups["l"].Value.ToLowerInvariant()}{figures}", match);
        }
    }

    private static IEnumerable<Token> Versions(string text, List<int> starts)
    {
        foreach (var match in Matches(Version(), text, starts))
        {
            yield return TokenOf($"v{match.Groups["n"].Value}", match);
        }
    }

    private static IEnumerable<Token> Quantities(string text, List<int> starts)
    {
        foreach (var match in Matches(Quantity(), text, starts))
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
        @"\G(?<![\w/.-])(?:(?<y>[12][0-9]{3})-(?<m>[0-9]{2})-(?<d>[0-9]{2})"
        + @"|(?<d>[0-9]{1,2})(?<s>[/.-])(?<m>[0-9]{1,2})\k<s>(?<y>[12][0-9]{3})"
        + @"|(?<d>[0-9]{1,2})(?:er|st|nd|rd|th)?[ \u00A0](?<word>" + Months + @")[ \u00A0](?<y>[12][0-9]{3})"
        + @"|(?<word>" + Months + @")[ \u00A0](?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[ \u00A0](?<y>[12][0-9]{3}))(?![\w/-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(
        @"\G(?<![\w.,-])(?:\+[0-9]{2}[ .\u00A0\u202F]?[0-9]|[0-9]{2,3})(?:[ .\u00A0\u202F-]?[0-9]{2,5}){2,5}(?![\w-])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex GroupedDigits();

    // Letters that touch the figures or are tied by a hyphen; capitals, or the letter of an article, also apart. One
    // small letter that is no article's is more often a variable: x-15.
    [GeneratedRegex(
        @"\G(?<![\w-])(?:(?:(?<l>[A-Za-z]{2,10}|[A-Zlrda])-?|(?<l>[A-Z]{2,10})[ \u00A0]"
        + @"|(?<l>[LRDAClrd])(?:\.[ \u00A0]?|[ \u00A0]))"
        + @"(?<n>[0-9]{1,6}(?:[-‑][0-9]{1,6}){0,3})|(?<l>)(?<n>[0-9]{1,6}(?:[-‑/][0-9]{1,6}){1,3}))"
        + @"(?![\w/-]|[.,][0-9])",
        RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex LettersAndFigures();

    [GeneratedRegex(
        @"\G(?<![\w.,])(?:v(?:ersion)?\.?[ \u00A0]?(?<n>[0-9]{1,4}(?:\.[0-9]{1,4}){1,3})"
        + @"|(?<n>[0-9]{1,4}(?:\.[0-9]{1,4}){2,3}))(?![\w-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Version();

    [GeneratedRegex(
        @"\G(?<![\w.,-])(?<n>[0-9]{1,9}(?:[.,][0-9]{1,4})?)[ \u00A0\u202F]?(?<u>mg|kg|[µμ]g|mcg|g|ml|cl|dl|l|mm|cm|km"
        + @"|m|kwh|kw|w|ko|mo|go|to|h|heures?|min|minutes?|€|eur|euros?|%|pour[ ]cent|°c)(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTimeoutMs)]
    private static partial Regex Quantity();
}
