using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Points in time and lengths of time as text (Cedar RFC 80).</summary>
internal static class DatetimeText
{
    public const long DayMs = 86_400_000;

    private const long HourMs = 3_600_000;
    private const long MinuteMs = 60_000;
    private const long SecondMs = 1_000;

    private static readonly (string Name, long Milliseconds)[] Units =
        [("d", DayMs), ("h", HourMs), ("m", MinuteMs), ("s", SecondMs), ("ms", 1)];

    /// <summary>Reads <c>2026-11-26</c>, or a time of it with seconds, perhaps milliseconds, and <c>Z</c> or an offset
    /// such as <c>+0100</c>.</summary>
    /// <returns>Milliseconds since 1970 in UTC, or <see langword="null"/>.</returns>
    public static long? ReadDatetime(string text)
    {
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || Digits(text, 0, 4) is not { } year || Digits(text, 5, 2) is not { } month
            || Digits(text, 8, 2) is not { } day || month is < 1 or > 12
            || day < 1 || day > DaysOf(year, month))
        {
            return null;
        }

        var date = DayNumber(year, month, day) * DayMs;
        if (text.Length == 10)
        {
            return date;
        }

        if (text.Length < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || Digits(text, 11, 2) is not (>= 0 and < 24 and var hour)
            || Digits(text, 14, 2) is not (>= 0 and < 60 and var minute)
            || Digits(text, 17, 2) is not (>= 0 and < 60 and var second))
        {
            return null;
        }

        var time = (hour * HourMs) + (minute * MinuteMs) + (second * SecondMs);
        var rest = 19;
        if (text[rest] == '.')
        {
            if (Digits(text, rest + 1, 3) is not { } fraction)
            {
                return null;
            }

            time += fraction;
            rest += 4;
        }

        return ReadOffset(text[rest..]) is { } offset ? date + time - offset : null;
    }

    /// <summary>Reads <c>1d2h3m4s5ms</c>: units from large to small, each once, perhaps after a minus.</summary>
    /// <returns>Milliseconds, or <see langword="null"/>.</returns>
    public static long? ReadDuration(string text)
    {
        var isNegative = text.StartsWith('-');
        var place = isNegative ? 1 : 0;
        var unit = 0;
        Int128 total = 0;
        if (place == text.Length)
        {
            return null;
        }

        while (place < text.Length)
        {
            Int128 quantity = 0;
            var start = place;
            for (; place < text.Length && char.IsAsciiDigit(text[place]); place++)
            {
                quantity = (quantity * 10) + (text[place] - '0');
                if (quantity > (Int128)long.MaxValue + 1)
                {
                    return null;
                }
            }

            var letters = place;
            while (place < text.Length && char.IsAsciiLetter(text[place]))
            {
                place++;
            }

            var name = text[letters..place];
            var found = Array.FindIndex(Units, unit, item => string.Equals(item.Name, name, StringComparison.Ordinal));
            if (letters == start || found < 0)
            {
                return null;
            }

            total += quantity * Units[found].Milliseconds;
            unit = found + 1;
        }

        total = isNegative ? -total : total;
        return total >= long.MinValue && total <= long.MaxValue ? (long)total : null;
    }

    /// <summary>Writes a point in time as an expression that gives it, also where no literal can.</summary>
    public static string Write(long milliseconds)
    {
        var offset = string.Create(CultureInfo.InvariantCulture, $"duration(\"{milliseconds}ms\")");
        return $"datetime(\"1970-01-01\").offset({offset})";
    }

    private static long? ReadOffset(string text)
    {
        if (string.Equals(text, "Z", StringComparison.Ordinal))
        {
            return 0;
        }

        if (text.Length != 5 || text[0] is not ('+' or '-')
            || Digits(text, 1, 2) is not (>= 0 and < 24 and var hour)
            || Digits(text, 3, 2) is not (>= 0 and < 60 and var minute))
        {
            return null;
        }

        var offset = (hour * HourMs) + (minute * MinuteMs);
        return text[0] == '-' ? -offset : offset;
    }

    private static int? Digits(string text, int start, int count)
    {
        if (start + count > text.Length)
        {
            return null;
        }

        var span = text.AsSpan(start, count);
        foreach (var c in span)
        {
            if (!char.IsAsciiDigit(c))
            {
                return null;
            }
        }

        return int.Parse(span, CultureInfo.InvariantCulture);
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysOf(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    // Days since 1970-01-01 in the proleptic Gregorian calendar, which has a year 0 (H. Hinnant, "chrono-Compatible
    // Low-Level Date Algorithms").
    private static long DayNumber(int year, int month, int day)
    {
        var shifted = month <= 2 ? year - 1 : year;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * ((month + 9) % 12)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((long)era * 146_097) + dayOfEra - 719_468;
    }
}
