using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Ingestion.Text;

/// <summary>Dates as people write them in French and English.</summary>
internal static partial class WrittenDate
{
    /// <summary>A date with its year, as a part of a regular expression.</summary>
    public const string Pattern =
        @"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|" + Day + " " + Month + @",? \d{4}|"
        + Month + @" \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?!\d)";

    /// <summary>A date with or without its year.</summary>
    public const string DayPattern = "(?:" + Pattern + "|" + Day + " " + Month + "|" + Month + @" \d{1,2}(?!\d))";

    private const string Day = @"\d{1,2}(?:er|st|nd|rd|th)?(?: of)?";

    private const string Month =
        @"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|janv\.|"
        + @"f[ée]vr\.|avr\.|juil\.|sept\.|oct\.|nov\.|d[ée]c\.|january|february|march|april|may|june|july|august|"
        + "september|october|november|december)";

    private const int YearMin = 1950;

    private const int YearMax = 2199;

    private const int MonthMax = 12;

    private static readonly (string Start, int Number)[] Months =
    [
        ("jan", 1), ("fév", 2), ("fev", 2), ("feb", 2), ("mar", 3), ("avr", 4), ("apr", 4), ("mai", 5), ("may", 5),
        ("juin", 6), ("jun", 6), ("juil", 7), ("jul", 7), ("aoû", 8), ("aou", 8), ("aug", 8), ("sep", 9), ("oct", 10),
        ("nov", 11), ("déc", 12), ("dec", 12),
    ];

    /// <summary>Reads a date.</summary>
    /// <param name="text">A text of the form of <see cref="DayPattern"/>.</param>
    /// <param name="isEnglish">Whether it stands in an English text, where 03/04/2025 may be either of two days.
    /// </param>
    /// <param name="year">The year of a date that has none.</param>
    /// <returns>The date, or <see langword="null"/> if there is no such day, it could be two, it has no year, or its
    /// year is not of 1950 to 2199.</returns>
    public static DateOnly? Read(string text, bool isEnglish, int? year = null)
    {
        if (Iso().Match(text) is { Success: true } iso)
        {
            return Make(Number(iso, "y"), Number(iso, "m"), Number(iso, "d"));
        }

        if (Digits().Match(text) is { Success: true } digits)
        {
            var (first, second) = (Number(digits, "a"), Number(digits, "b"));
            return !isEnglish || first > MonthMax || first == second ? Make(Number(digits, "y"), second, first)
                : second > MonthMax ? Make(Number(digits, "y"), first, second)
                : null;
        }

        var words = Words().Match(text);
        var month = Array.Find(Months, item =>
            words.Groups["m"].Value.StartsWith(item.Start, StringComparison.OrdinalIgnoreCase)).Number;
        return (words.Groups["y"].Success ? Number(words, "y") : year) is { } known && words.Success
            ? Make(known, month, Number(words, "d"))
            : null;
    }

    private static DateOnly? Make(int year, int month, int day) =>
        year is >= YearMin and <= YearMax && month is >= 1 and <= MonthMax
            && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$", Options, 30_000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<a>\d{1,2})[/.](?<b>\d{1,2})[/.](?<y>\d{4})$", Options, 30_000)]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"^(?:(?<d>\d{1,2})[a-z]{0,2}(?: of)? (?<m>\p{L}+)|(?<m>\p{L}+) (?<d>\d{1,2})[a-z]{0,2})"
        + @"\.?,?(?: (?<y>\d{4}))?$",
        Options,
        30_000)]
    private static partial Regex Words();
}
