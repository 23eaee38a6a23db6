using System.Globalization;

namespace Terroir.Answers;

/// <summary>Adds up the words of a number, such as <c>quatre vingt dix sept</c> or <c>two hundred</c>.</summary>
internal sealed class NumberWords
{
    private static readonly (int Value, string Words)[] Spellings =
    [
        (2, "deux two"), (3, "trois three"), (4, "quatre four"), (5, "cinq five"), (6, "six"), (7, "sept seven"),
        (8, "huit eight"), (9, "neuf nine"), (10, "dix ten"), (11, "onze eleven"), (12, "douze twelve"),
        (13, "treize thirteen"), (14, "quatorze fourteen"), (15, "quinze fifteen"), (16, "seize sixteen"),
        (17, "seventeen"), (18, "eighteen"), (19, "nineteen"), (20, "vingt vingts twenty"), (30, "trente thirty"),
        (40, "quarante forty"), (50, "cinquante fifty"), (60, "soixante sixty"), (70, "septante seventy"),
        (80, "huitante eighty"), (90, "nonante ninety"),
    ];

    private static readonly Dictionary<string, int> Values = Spellings
        .SelectMany(spelling => spelling.Words.Split(' ').Select(word => (word, spelling.Value)))
        .ToDictionary(pair => pair.word, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    private int _value;
    private int _thousands;

    /// <summary>Takes the next word, if it is one of a number.</summary>
    public bool Add(string word)
    {
        if (Values.TryGetValue(word, out var value))
        {
            // Quatre-vingts is four times twenty.
            _value = value == 20 && _value % 100 == 4 ? _value + 76 : _value + value;
            return true;
        }

        switch (word.ToLowerInvariant())
        {
            case "cent" or "cents" or "hundred" when _value < 100:
                _value = Math.Max(1, _value) * 100;
                return true;
            case "mille" or "thousand" when _thousands == 0:
                (_thousands, _value) = (Math.Max(1, _value) * 1_000, 0);
                return true;

            // An article, unless it ends a number: vingt et un, twenty one.
            case "un" or "une" or "one" when _value >= 20:
                _value++;
                return true;
            case "et" or "and" when _value >= 20:
                return true;
            default:
                return false;
        }
    }

    /// <summary>Ends the number.</summary>
    /// <returns>The number in digits; <see langword="null"/> if there is none.</returns>
    public string? Take()
    {
        var total = _thousands + _value;
        (_thousands, _value) = (0, 0);
        return total > 0 ? total.ToString(CultureInfo.InvariantCulture) : null;
    }
}
