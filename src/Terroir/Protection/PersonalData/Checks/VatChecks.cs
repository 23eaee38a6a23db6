namespace Terroir.Protection.PersonalData.Checks;

/// <summary>VAT numbers of the European Union without the letters of the country.</summary>
internal static class VatChecks
{
    /// <summary>Checks a number by its country's rule; a country without a rule here is not recognised.</summary>
    /// <param name="number">The number with the letters of the country, without spaces, in capitals.</param>
    public static bool IsVat(ReadOnlySpan<char> number)
    {
        if (number.Length < 4)
        {
            return false;
        }

        var own = number[2..];
        return number[..2] switch
        {
            "FR" => FrenchChecks.IsVat(own),
            "AT" => own.Length == 9 && own[0] == 'U' && Digits.AreAll(own[1..], 8) && IsAustrian(own[1..]),
            "BE" => IsBelgian(own),
            "DE" => Digits.AreAll(own, 9) && own[0] != '0' && CheckSums.Mod11And10(own) == 1,
            "DK" => Digits.AreAll(own, 8) && own[0] != '0' && Digits.Weighed(own, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            "ES" => IsSpanish(own),
            "FI" => Digits.AreAll(own, 8) && Digits.Weighed(own, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 == 0,
            "IT" => IsItalian(own),
            "LU" => Digits.AreAll(own, 8) && Digits.Value(own[..6]) % 89 == Digits.Value(own[6..]),
            "NL" => IsDutch(own),
            "PL" => IsPolish(own),
            "PT" => IsPortuguese(own),
            "SE" => Digits.AreAll(own, 12) && own[10..] is "01" && CheckSums.Luhn(own[..10]) == 0,
            _ => false,
        };
    }

    /// <summary>A Portuguese tax number of a company or a person: 9 figures.</summary>
    public static bool IsPortuguese(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 9)
        && number[0] != '0'
        && (11 - (Digits.Weighed(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 % 10 == Digits.At(number, 8);

    /// <summary>A Polish tax number: 10 figures.</summary>
    public static bool IsPolish(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 10)
        && Digits.Weighed(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == Digits.At(number, 9);

    private static bool IsBelgian(ReadOnlySpan<char> number) =>
        (Digits.AreAll(number, 10) || Digits.AreAll(number, 9))
        && Digits.Value(number) > 0
        && (Digits.Value(number[..^2]) + Digits.Value(number[^2..])) % 97 == 0;

    // The sum of Luhn over seven figures, and the last one makes it 6.
    private static bool IsAustrian(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var index = 0; index < 7; index++)
        {
            var digit = Digits.At(number, index) * (1 + (index % 2));
            sum += digit > 9 ? digit - 9 : digit;
        }

        return (16 - (sum % 10)) % 10 == Digits.At(number, 7);
    }

    private static bool IsItalian(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 11)
        && Digits.Value(number[..7]) > 0
        && Digits.Value(number[7..10]) is (>= 1 and <= 100) or 120 or 121 or 888 or 999
        && CheckSums.Luhn(number) == 0;

    private static bool IsDutch(ReadOnlySpan<char> number)
    {
        if (number.Length != 12
            || number[9] != 'B'
            || !Digits.AreAll(number[..9], 9)
            || !Digits.AreAll(number[10..], 2)
            || Digits.Value(number[..9]) == 0
            || Digits.Value(number[10..]) == 0)
        {
            return false;
        }

        return NationalChecks.IsDutch(number[..9]) || CheckSums.Mod97($"NL{number}") == 1;
    }

    private static bool IsSpanish(ReadOnlySpan<char> number)
    {
        if (number.Length != 9 || !Digits.AreAll(number[1..8], 7))
        {
            return false;
        }

        if (char.IsAsciiDigit(number[0]) || number[0] is 'X' or 'Y' or 'Z')
        {
            return NationalChecks.IsSpanish(number);
        }

        if (number[0] is 'K' or 'L' or 'M')
        {
            return NationalChecks.SpanishLetter(Digits.Value(number[1..8])) == number[8];
        }

        // The check figure, or the letter that stands for it: which one depends on the kind of company.
        Span<char> padded = stackalloc char[8];
        number[1..8].CopyTo(padded);
        padded[7] = '0';
        var check = (10 - CheckSums.Luhn(padded)) % 10;
        return "ABCDEFGHJNPQRSUVW".Contains(number[0], StringComparison.Ordinal)
            && (number[8] == (char)('0' + check) || number[8] == "JABCDEFGHI"[check]);
    }
}
