namespace Terroir.Protection.PersonalData.Checks;

/// <summary>Numbers that countries of Europe give to persons, without spaces and in capitals.</summary>
internal static class NationalChecks
{
    private const string SpanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const string FinnishLetters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private const string ItalianFigures = "LMNPQRSTUV";
    private const string ItalianMonths = "ABCDEHLMPRST";

    private static readonly int[] ItalianOdd =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>Belgium: 11 figures; those born since 2000 have a 2 before them for the check, and are born by now.
    /// </summary>
    public static bool IsBelgian(ReadOnlySpan<char> number)
    {
        if (!Digits.AreAll(number, 11) || Digits.Value(number) == 0)
        {
            return false;
        }

        var (own, check) = (Digits.Value(number[..9]), Digits.Value(number[9..]));
        return 97 - (own % 97) == check
            || (2000 + Digits.Value(number[..2]) <= TimeProvider.System.GetUtcNow().Year
                && 97 - ((2_000_000_000 + own) % 97) == check);
    }

    /// <summary>Germany: the tax number of a person. One of the first ten figures stands twice or three times, and no
    /// other more than once.</summary>
    public static bool IsGerman(ReadOnlySpan<char> number)
    {
        if (!Digits.AreAll(number, 11) || number[0] == '0')
        {
            return false;
        }

        Span<int> counts = stackalloc int[10];
        foreach (var digit in number[..10])
        {
            counts[digit - '0']++;
        }

        var (repeated, most) = (0, 0);
        foreach (var count in counts)
        {
            repeated += count > 1 ? 1 : 0;
            most = Math.Max(most, count);
        }

        return repeated == 1 && most is 2 or 3 && CheckSums.Mod11And10(number) == 1;
    }

    /// <summary>Spain: 8 figures and a letter, or X, Y, Z, 7 figures and a letter for foreigners.</summary>
    public static bool IsSpanish(ReadOnlySpan<char> number)
    {
        if (number.Length != 9 || !Digits.AreAll(number[1..8], 7))
        {
            return false;
        }

        var first = number[0] switch
        {
            >= '0' and <= '9' => number[0] - '0',
            >= 'X' and <= 'Z' => number[0] - 'X',
            _ => -1,
        };
        return first >= 0 && SpanishLetter((first * 10_000_000L) + Digits.Value(number[1..8])) == number[8];
    }

    /// <summary>The letter that checks a Spanish number.</summary>
    public static char SpanishLetter(long number) => SpanishLetters[(int)(number % SpanishLetters.Length)];

    /// <summary>Italy: the fiscal code of a person, also with letters for figures where two are alike.</summary>
    public static bool IsItalian(ReadOnlySpan<char> number)
    {
        if (number.Length != 16)
        {
            return false;
        }

        var sum = 0;
        for (var index = 0; index < 16; index++)
        {
            var letter = number[index];
            var isFigure = index is 6 or 7 or 9 or 10 or 12 or 13 or 14;
            if (isFigure ? FigureOf(letter) < 0 : letter is not (>= 'A' and <= 'Z'))
            {
                return false;
            }

            if (index < 15)
            {
                var value = char.IsAsciiDigit(letter) ? letter - '0' : letter - 'A';
                sum += index % 2 == 0 ? ItalianOdd[value] : value;
            }
        }

        var month = ItalianMonths.IndexOf(number[8]) + 1;
        var day = ((FigureOf(number[9]) * 10) + FigureOf(number[10])) % 40;
        var year = (FigureOf(number[6]) * 10) + FigureOf(number[7]);
        return number[15] == 'A' + (sum % 26) && Digits.AreDay(year < 20 ? 2000 + year : 1900 + year, month, day);
    }

    /// <summary>Luxembourg: birth date, three figures, and two check figures of Luhn and Verhoeff.</summary>
    public static bool IsLuxembourgish(ReadOnlySpan<char> number)
    {
        if (!Digits.AreAll(number, 13) || !IsDay(number[..4], number[4..6], number[6..8]))
        {
            return false;
        }

        Span<char> second = stackalloc char[12];
        number[..11].CopyTo(second);
        second[11] = number[12];
        return CheckSums.Luhn(number[..12]) == 0 && CheckSums.Verhoeff(second) == 0;
    }

    /// <summary>The Netherlands: 9 figures.</summary>
    public static bool IsDutch(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 9)
        && Digits.Value(number) > 0
        && (Digits.Weighed(number, [9, 8, 7, 6, 5, 4, 3, 2]) - Digits.At(number, 8)) % 11 == 0;

    /// <summary>Poland: 11 figures, the birth date first, with the century in the month.</summary>
    public static bool IsPolish(ReadOnlySpan<char> number)
    {
        if (!Digits.AreAll(number, 11)
            || (Digits.Weighed(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) + Digits.At(number, 10)) % 10 != 0)
        {
            return false;
        }

        var month = (int)Digits.Value(number[2..4]);
        ReadOnlySpan<int> centuries = [1900, 2000, 2100, 2200, 1800];
        var year = centuries[month / 20] + (int)Digits.Value(number[..2]);
        return Digits.AreDay(year, month % 20, (int)Digits.Value(number[4..6]));
    }

    /// <summary>Sweden: 10 figures, or 12 with the century; a sign may stand before the last four.</summary>
    public static bool IsSwedish(ReadOnlySpan<char> number)
    {
        Span<char> digits = stackalloc char[12];
        var length = 0;
        for (var index = 0; index < number.Length; index++)
        {
            if (number[index] is '-' or '+' && index == number.Length - 5)
            {
                continue;
            }

            if (!char.IsAsciiDigit(number[index]) || length == digits.Length)
            {
                return false;
            }

            digits[length++] = number[index];
        }

        var own = digits[..length];
        return length is 10 or 12
            && CheckSums.Luhn(own[^10..]) == 0
            && (length == 12
                ? IsDay(own[..4], own[4..6], own[6..8])
                : IsDay(own[..2], own[2..4], own[4..6], 1900) || IsDay(own[..2], own[2..4], own[4..6], 2000));
    }

    /// <summary>Finland: birth date, the sign of the century, three figures and a letter.</summary>
    public static bool IsFinnish(ReadOnlySpan<char> number)
    {
        if (number.Length != 11 || !Digits.AreAll(number[..6], 6) || !Digits.AreAll(number[7..10], 3))
        {
            return false;
        }

        var century = number[6] switch { '+' => 1800, '-' => 1900, 'A' => 2000, _ => -1 };
        var own = Digits.Value(number[7..10]);
        return century > 0
            && IsDay(number[4..6], number[2..4], number[..2], century)
            && own is >= 2 and < 900
            && FinnishLetters[(int)(((Digits.Value(number[..6]) * 1000) + own) % 31)] == number[10];
    }

    private static int FigureOf(char letter) =>
        char.IsAsciiDigit(letter) ? letter - '0' : ItalianFigures.IndexOf(letter);

    private static bool IsDay(
        ReadOnlySpan<char> year,
        ReadOnlySpan<char> month,
        ReadOnlySpan<char> day,
        int century = 0) =>
        Digits.AreDay(century + (int)Digits.Value(year), (int)Digits.Value(month), (int)Digits.Value(day));
}
