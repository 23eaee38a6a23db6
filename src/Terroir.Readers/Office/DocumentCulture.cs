using System.Buffers;
using System.Globalization;

namespace Terroir.Readers.Office;

/// <summary>Finds how a workbook shows numbers and dates; the file leaves that to the machine that opens it.</summary>
internal static class DocumentCulture
{
    private const int ProbeMax = 2_000;

    private static readonly SearchValues<char> FrenchLetters = SearchValues.Create("éèêàçùôîœ");

    private static readonly CultureInfo French = CreateFrench();

    private static readonly HashSet<string> FrenchWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "le", "la", "les", "des", "du", "de", "et", "un", "une", "pour", "par", "sur", "aux", "avec", "en", "date",
        "nom", "prix", "montant", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
        "septembre", "octobre", "novembre", "décembre", "total", "libellé", "quantité", "numéro",
    };

    private static readonly HashSet<string> EnglishWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "of", "and", "to", "for", "with", "by", "name", "price", "amount", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "number", "quantity",
    };

    /// <summary>Decides from the stated language, then from the formats, then from the words.</summary>
    /// <returns>French, or the invariant culture: a point, and dates from the year down.</returns>
    public static CultureInfo Of(string? language, IEnumerable<string> formats, IEnumerable<string> texts)
    {
        if (!string.IsNullOrWhiteSpace(language))
        {
            return language.StartsWith("fr", StringComparison.OrdinalIgnoreCase)
                ? French
                : CultureInfo.InvariantCulture;
        }

        if (formats.Any(format => format.Contains("-40C]", StringComparison.OrdinalIgnoreCase)))
        {
            return French;
        }

        var score = 0;
        foreach (var word in texts.Take(ProbeMax).SelectMany(text => text.Length > 1_000 ? [] : text.Split(' ')))
        {
            score += FrenchWords.Contains(word) || word.AsSpan().IndexOfAny(FrenchLetters) >= 0 ? 1 : 0;
            score -= EnglishWords.Contains(word) ? 1 : 0;
        }

        return score > 0 ? French : CultureInfo.InvariantCulture;
    }

    public static bool IsFrench(CultureInfo culture) => ReferenceEquals(culture, French);

    private static CultureInfo CreateFrench()
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("fr-FR").Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "-";
        return CultureInfo.ReadOnly(culture);
    }
}
