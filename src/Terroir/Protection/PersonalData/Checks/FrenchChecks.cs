namespace Terroir.Protection.PersonalData.Checks;

/// <summary>Numbers that French authorities give, without spaces and in capitals.</summary>
internal static class FrenchChecks
{
    private const string LaPoste = "356000000";
    private const string LaPosteHeadOffice = "35600000000048";
    private const string VatLetters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>A social security number with its key (NIR, also the INS of patients): 15 characters, the department
    /// 2A or 2B in Corsica (decree 82-103; key 97 minus the rest of 97).</summary>
    public static bool IsNir(ReadOnlySpan<char> number) =>
        number.Length == 15
        && Digits.AreAll(number[13..], 2)
        && ValueOfNir(number[..13]) is { } value
        && 97 - (value % 97) == Digits.Value(number[13..]);

    /// <summary>A social security number that also has the form of one: a sex and a month that exist.</summary>
    public static bool IsPlausibleNir(ReadOnlySpan<char> number) => IsNir(number) && HasSexAndMonth(number);

    /// <summary>The same without the key: 13 characters.</summary>
    public static bool IsPlausibleNirWithoutKey(ReadOnlySpan<char> number) =>
        number.Length == 13 && ValueOfNir(number) is not null && HasSexAndMonth(number);

    /// <summary>A company: 9 figures.</summary>
    public static bool IsSiren(ReadOnlySpan<char> number) => Digits.AreAll(number, 9) && CheckSums.Luhn(number) == 0;

    /// <summary>An establishment: 14 figures; those of La Poste sum to a multiple of five.</summary>
    public static bool IsSiret(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 14)
        && IsSiren(number[..9])
        && (number.StartsWith(LaPoste) && !number.SequenceEqual(LaPosteHeadOffice)
            ? SumOf(number) % 5 == 0
            : CheckSums.Luhn(number) == 0);

    /// <summary>An intra-community VAT number without FR: key and SIREN; also the keys with letters, and Monaco.
    /// </summary>
    public static bool IsVat(ReadOnlySpan<char> number)
    {
        if (number.Length != 11 || !Digits.AreAll(number[2..], 9))
        {
            return false;
        }

        var (first, second) = (VatLetters.IndexOf(number[0]), VatLetters.IndexOf(number[1]));
        if (first < 0 || second < 0 || (number[2..5] is not "000" && !IsSiren(number[2..])))
        {
            return false;
        }

        var siren = Digits.Value(number[2..]);
        if (first < 10 && second < 10)
        {
            return (first * 10) + second == ((siren * 100) + 12) % 97;
        }

        var check = first < 10 ? (first * 24) + second - 10 : (first * 34) + second - 100;
        return (siren + 1 + (check / 11)) % 11 == check % 11;
    }

    /// <summary>A professional of health (RPPS): 11 figures.</summary>
    public static bool IsRpps(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 11) && number[0] is '1' or '8' && CheckSums.Luhn(number) == 0;

    /// <summary>An establishment of health (FINESS): 9 characters, the department first, 2A and 2B in
    /// Corsica.</summary>
    public static bool IsFiness(ReadOnlySpan<char> number)
    {
        if (number.Length != 9)
        {
            return false;
        }

        Span<char> digits = stackalloc char[9];
        number.CopyTo(digits);
        if (number[1] is 'A' or 'B')
        {
            digits[1] = number[0] == '2' ? '0' : 'x';
        }

        return Digits.AreAll(digits, 9) && CheckSums.Luhn(digits) == 0;
    }

    /// <summary>A tax payer (SPI): 13 figures that begin with 0 to 3.</summary>
    public static bool IsTaxNumber(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 13) && number[0] is >= '0' and <= '3';

    /// <summary>A tax payer's number with the key that the administration gives since 2000: the last three figures are
    /// the rest of the first ten by 511.</summary>
    public static bool IsKeyedTaxNumber(ReadOnlySpan<char> number) =>
        IsTaxNumber(number) && Digits.Value(number[..10]) % 511 == Digits.Value(number[10..]);

    /// <summary>An account (RIB): bank, branch, account with letters as figures, key.</summary>
    public static bool IsRib(ReadOnlySpan<char> number)
    {
        if (number.Length != 23 || !Digits.AreAll(number[..10], 10) || !Digits.AreAll(number[21..], 2))
        {
            return false;
        }

        var rest = 0L;
        foreach (var letter in number)
        {
            if (!char.IsAsciiDigit(letter) && letter is not (>= 'A' and <= 'Z'))
            {
                return false;
            }

            rest = ((rest * 10) + FigureOf(letter)) % 97;
        }

        return rest == 0;
    }

    // Corsica counts as 19 and 18.
    private static long? ValueOfNir(ReadOnlySpan<char> number)
    {
        Span<char> digits = stackalloc char[13];
        number.CopyTo(digits);
        if (number[5] == '2' && number[6] is 'A' or 'B')
        {
            (number[6] == 'A' ? "19" : "18").CopyTo(digits[5..]);
        }

        return Digits.AreAll(digits, 13) ? Digits.Value(digits) : null;
    }

    private static bool HasSexAndMonth(ReadOnlySpan<char> number) =>
        number[0] is '1' or '2' or '3' or '4' or '7' or '8'
        && Digits.Value(number[3..5]) is (>= 1 and <= 12) or (>= 20 and <= 42) or (>= 50 and <= 99);

    // A and J are 1, B, K and S 2, and so on to I, R and Z, which are 9.
    private static int FigureOf(char letter) => letter switch
    {
        <= '9' => letter - '0',
        <= 'I' => letter - 'A' + 1,
        <= 'R' => letter - 'J' + 1,
        _ => letter - 'S' + 2,
    };

    private static int SumOf(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        foreach (var digit in digits)
        {
            sum += digit - '0';
        }

        return sum;
    }
}
