namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Codes of countries (ISO 3166-1, two letters) in which banks have a BIC.</summary>
internal static class Countries
{
    private static readonly HashSet<string> Codes = new(
        ("AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BW BY BZ CA CD CF CG CH CI CL CM "
        + "CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GI GM GN GQ GR GT GW GY "
        + "HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KM KP KR KW KZ LA LB LI LK LR LS LT LU LV LY MA "
        + "MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NZ OM PA PE PF PG PH PK PL PS "
        + "PT PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW "
        + "TZ UA UG US UY UZ VA VC VE VN VU WF WS XK YE ZA ZM ZW").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether two letters are the code of a country.</summary>
    public static bool Contains(ReadOnlySpan<char> code) => Lookup.Contains(code);
}
