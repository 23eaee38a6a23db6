using System.Buffers;
using System.Globalization;

namespace Terroir.Protection.PersonalData.Checks;

/// <summary>Numbers of accounts and cards, without spaces and in capitals.</summary>
internal static class BankChecks
{
    // ISO 13616 registry: the length of each country's IBAN.
    private static readonly Dictionary<string, int> IbanLengths =
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 "
        + "FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 "
        + "LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 "
        + "SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20")
            .Split(' ')
            .ToDictionary(
                entry => entry[..2],
                entry => int.Parse(entry.AsSpan(2), CultureInfo.InvariantCulture),
                StringComparer.Ordinal);

    private static readonly SearchValues<char> IbanLetters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // The first four figures of each network, and how many figures its numbers have.
    private static readonly (int From, int To, int[] Lengths)[] Networks =
    [
        (4000, 4999, [13, 16, 19]),
        (5100, 5599, [16]),
        (2221, 2720, [16]),
        (3400, 3499, [15]),
        (3700, 3799, [15]),
        (3000, 3059, [14]),
        (3600, 3699, [14]),
        (3800, 3999, [14]),
        (6011, 6011, [16, 19]),
        (6440, 6599, [16, 19]),
        (3528, 3589, [16, 17, 18, 19]),
        (6200, 6299, [16, 17, 18, 19]),
        (5000, 5099, [13, 14, 15, 16, 17, 18, 19]),
        (5600, 5899, [13, 14, 15, 16, 17, 18, 19]),
        (6700, 6799, [13, 14, 15, 16, 17, 18, 19]),
    ];

    /// <summary>An IBAN (ISO 13616): country, two check figures, account.</summary>
    public static bool IsIban(ReadOnlySpan<char> number)
    {
        if (number.Length < 15
            || !Digits.AreAll(number[2..4], 2)
            || !IbanLengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(number[..2], out var length)
            || number.Length != length)
        {
            return false;
        }

        Span<char> turned = stackalloc char[number.Length];
        number[4..].CopyTo(turned);
        number[..4].CopyTo(turned[^4..]);
        return !turned.ContainsAnyExcept(IbanLetters) && CheckSums.Mod97(turned) == 1;
    }

    /// <summary>A payment card (ISO/IEC 7812) of a network that is known by its first figures.</summary>
    public static bool IsCard(ReadOnlySpan<char> number)
    {
        if (number.Length is < 13 or > 19 || !Digits.AreAll(number, number.Length) || CheckSums.Luhn(number) != 0)
        {
            return false;
        }

        var head = Digits.Value(number[..4]);
        var length = number.Length;
        return Array.Exists(Networks, network =>
            head >= network.From && head <= network.To && network.Lengths.Contains(length));
    }
}
