using System.Collections.Frozen;

namespace Terroir.Readers.Pdf;

/// <summary>The French words that keep their hyphen at the end of a line.</summary>
internal static class FrenchWords
{
    private static readonly FrozenSet<string> Firsts = FrozenSet.ToFrozenSet(
        [
            "vice", "ex", "sous", "demi", "semi", "quasi", "non", "mi", "avant", "après", "arrière", "contre", "peut",
            "est", "quelques", "celui", "celle", "ceux", "celles", "vis", "porte", "chef", "grand", "saint", "sainte",
            "vingt", "trente", "quarante", "cinquante", "soixante", "quatre", "dix", "cent", "jusque", "au", "ci",
            "compte", "bien", "mal", "haut", "bas", "rendez", "savoir", "mot", "self", "e", "p",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Seconds = FrozenSet.ToFrozenSet(
        [
            "être", "dessus", "dessous", "dehors", "delà", "dire", "uns", "unes", "vous", "un", "deux", "trois",
            "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze",
            "seize", "vingt", "rendu", "faire", "parole", "président", "présidente", "directeur", "directrice",
            "jacent", "traitance", "traitant", "traitants", "total", "lieu", "major", "mère", "père",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether two parts make a word with a hyphen, as in <c>peut-être</c> or <c>dit-elle</c>.</summary>
    public static bool IsCompound(string before, string after)
    {
        var last = before[(before.LastIndexOfAny(['-', '\'', '’']) + 1)..];
        var first = after.Split('-')[0];
        return (Firsts.Contains(last) && Seconds.Contains(first))
            || ((last.EndsWith('t') || last.EndsWith('d')) && first is ("il" or "elle" or "on" or "ils" or "elles"))
            || (last.Length > 2 && first is ("ci" or "là" or "même" or "mêmes"));
    }
}
