namespace Terroir.Protection.PersonalData.Checks;

/// <summary>Check digits that several countries use.</summary>
internal static class CheckSums
{
    private static readonly byte[,] VerhoeffProduct = new byte[,]
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 2, 3, 4, 0, 6, 7, 8, 9, 5 }, { 2, 3, 4, 0, 1, 7, 8, 9, 5, 6 },
        { 3, 4, 0, 1, 2, 8, 9, 5, 6, 7 }, { 4, 0, 1, 2, 3, 9, 5, 6, 7, 8 }, { 5, 9, 8, 7, 6, 0, 4, 3, 2, 1 },
        { 6, 5, 9, 8, 7, 1, 0, 4, 3, 2 }, { 7, 6, 5, 9, 8, 2, 1, 0, 4, 3 }, { 8, 7, 6, 5, 9, 3, 2, 1, 0, 4 },
        { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 },
    };

    private static readonly byte[,] VerhoeffPermutation = new byte[,]
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 5, 7, 6, 2, 8, 3, 0, 9, 4 }, { 5, 8, 0, 3, 7, 9, 6, 1, 4, 2 },
        { 8, 9, 1, 6, 0, 4, 3, 5, 2, 7 }, { 9, 4, 5, 3, 1, 2, 6, 8, 7, 0 }, { 4, 2, 8, 6, 5, 7, 3, 9, 0, 1 },
        { 2, 7, 9, 3, 8, 0, 6, 4, 1, 5 }, { 7, 0, 4, 6, 9, 1, 3, 2, 5, 8 },
    };

    /// <summary>The sum of Luhn (ISO/IEC 7812-1, annex B) modulo 10: 0 for a number with a right check digit.</summary>
    public static int Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = Digits.At(digits, digits.Length - 1 - index) * (1 + (index % 2));
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10;
    }

    /// <summary>ISO/IEC 7064, MOD 11,10: 1 for a number with a right check digit.</summary>
    public static int Mod11And10(ReadOnlySpan<char> digits)
    {
        var check = 5;
        for (var index = 0; index < digits.Length; index++)
        {
            check = (((check == 0 ? 10 : check) * 2 % 11) + Digits.At(digits, index)) % 10;
        }

        return check;
    }

    /// <summary>ISO/IEC 7064, MOD 97-10, over figures and letters (A is 10): 1 for a right number.</summary>
    public static int Mod97(ReadOnlySpan<char> text)
    {
        var rest = 0;
        foreach (var letter in text)
        {
            rest = char.IsAsciiDigit(letter)
                ? ((rest * 10) + letter - '0') % 97
                : ((rest * 100) + letter - 'A' + 10) % 97;
        }

        return rest;
    }

    /// <summary>The check of Verhoeff (1969): 0 for a right number.</summary>
    public static int Verhoeff(ReadOnlySpan<char> digits)
    {
        var check = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = Digits.At(digits, digits.Length - 1 - index);
            check = VerhoeffProduct[check, VerhoeffPermutation[index % 8, digit]];
        }

        return check;
    }
}
