using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Kinship.Contradictions;

/// <summary>Days of the year, with or without the year.</summary>
internal static class StatedDay
{
    /// <summary>The months' names, as alternatives of a pattern.</summary>
    internal const string Months =
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
        + "january|february|march|april|may|june|july|august|september|october|november|december";

    private static readonly string[] Names = Months.Split('|');

    /// <summary>Reads a day from the groups <c>d</c>, <c>m</c> or <c>name</c>, and <c>y</c>.</summary>
    public static StatedFigure Read(Match match)
    {
        var month = match.Groups["name"].Success
            ? (Array.FindIndex(Names, name => IsSame(name, match.Groups["name"].Value)) % 12) + 1
            : Parse(match.Groups["m"]);
        var value = (Parse(match.Groups["y"]) * 10_000) + (month * 100) + Parse(match.Groups["d"]);
        return new StatedFigure(StatedFigure.DateUnit, value, match.Value);
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static int Parse(Group digits) =>
        digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;
}
