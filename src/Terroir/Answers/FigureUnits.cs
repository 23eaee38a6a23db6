namespace Terroir.Answers;

/// <summary>Units of French and English, each in one spelling: to read minutes for hours is to read something else.
/// </summary>
internal static class FigureUnits
{
    private static readonly string[][] Spellings =
    [
        ["seconde", "secondes", "second", "seconds", "s", "sec"],
        ["minute", "minutes", "min", "mn"],
        ["heure", "heures", "hour", "hours", "h"],
        ["jour", "jours", "j", "day", "days"],
        ["semaine", "semaines", "week", "weeks"],
        ["mois", "month", "months"],
        ["an", "ans", "année", "années", "year", "years"],
        ["€", "euro", "euros", "eur"],
        ["$", "dollar", "dollars", "usd"],
        ["£", "livre", "livres", "pound", "pounds", "gbp"],
        ["%", "pourcent", "percent", "pour cent", "pour cents", "per cent"],
        ["°", "degré", "degrés", "degree", "degrees"],
        ["millier", "milliers"],
        ["million", "millions"],
        ["milliard", "milliards", "billion", "billions"],
        ["mm"], ["cm"], ["m", "mètre", "mètres", "metre", "metres", "meter", "meters"],
        ["km", "kilomètre", "kilomètres", "kilometre", "kilometres", "kilometer", "kilometers"],
        ["mg"], ["g", "gramme", "grammes", "gram", "grams"], ["kg", "kilo", "kilos"],
        ["tonne", "tonnes", "ton", "tons"],
        ["ml"], ["cl"], ["l", "litre", "litres", "liter", "liters"],
        ["ko", "kb"], ["mo", "mb"], ["go", "gb"],
    ];

    private static readonly Dictionary<string, string> Units = Spellings
        .SelectMany(spellings => spellings.Select(spelling => (spelling, Unit: spellings[0])))
        .ToDictionary(pair => pair.spelling, pair => pair.Unit, StringComparer.OrdinalIgnoreCase);

    /// <summary>The unit that a word or sign is.</summary>
    /// <returns>Its one spelling, or <see langword="null"/>.</returns>
    public static string? Find(string word) => Units.GetValueOrDefault(word);
}
