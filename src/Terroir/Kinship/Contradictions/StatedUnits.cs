namespace Terroir.Kinship.Contradictions;

/// <summary>Units of figures; durations up to weeks are compared in minutes.</summary>
internal static class StatedUnits
{
    /// <summary>All spellings, as alternatives of a pattern.</summary>
    internal const string Spellings =
        "%|€|\\$|£|°C?|euros?|eur|dollars?|usd|pounds?|secondes?|seconds?|sec|minutes?|min|mn|hours?|jours?|days?|"
        + "semaines?|weeks?|mois|months?|ans?|années?|years?|mm|cm|km|mètres?|metres?|meters?|m|mg|kg|kilos?|grammes?|"
        + "grams?|g|tonnes?|ml|cl|litres?|liters?|l|ko|kb|mo|mb|go|gb";

    private static readonly Dictionary<string, (string Unit, decimal Factor)> Units =
        new(StringComparer.OrdinalIgnoreCase);

    static StatedUnits()
    {
        Add("minute", 1m / 60, "seconde", "second", "sec");
        Add("minute", 1, "minute", "min", "mn");
        Add("minute", 60, "hour");
        Add("minute", 1_440, "jour", "day");
        Add("minute", 10_080, "semaine", "week");
        Add("month", 1, "mois", "month");
        Add("month", 12, "an", "année", "year");
        Add("€", 1, "€", "euro", "eur");
        Add("$", 1, "$", "dollar", "usd");
        Add("£", 1, "£", "pound");
        Add("°", 1, "°", "°c");
        Add("metre", 1, "m", "mètre", "metre", "meter");
        Add("g", 1, "g", "gramme", "gram");
        Add("kg", 1, "kg", "kilo");
        Add("litre", 1, "l", "litre", "liter");
        Add("kb", 1, "ko", "kb");
        Add("mb", 1, "mo", "mb");
        Add("gb", 1, "go", "gb");
    }

    /// <summary>Finds a unit.</summary>
    /// <returns>Its one spelling and what it is of it; an empty one for none.</returns>
    public static (string Unit, decimal Factor) Find(string spelling)
    {
        if (spelling.Length == 0)
        {
            return ("", 1);
        }

        return Units.TryGetValue(spelling, out var unit) || Units.TryGetValue(spelling.TrimEnd('s', 'S'), out unit)
            ? unit
            : (spelling.ToLowerInvariant(), 1);
    }

    private static void Add(string unit, decimal factor, params ReadOnlySpan<string> spellings)
    {
        foreach (var spelling in spellings)
        {
            Units.Add(spelling, (unit, factor));
        }
    }
}
