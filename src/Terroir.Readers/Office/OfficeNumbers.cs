using System.Globalization;

namespace Terroir.Readers.Office;

/// <summary>Numbers as letters and as Roman numerals.</summary>
internal static class OfficeNumbers
{
    private static readonly (int Value, string Sign)[] Signs =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];

    /// <summary>a, b, ... z, aa, bb, as word processors count.</summary>
    public static string Letters(int value, char first) =>
        value is < 1 or > 260
            ? value.ToString(CultureInfo.InvariantCulture)
            : new string((char)(first + ((value - 1) % 26)), ((value - 1) / 26) + 1);

    public static string Roman(int value)
    {
        if (value is < 1 or > 3_999)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var text = new System.Text.StringBuilder();
        foreach (var (amount, sign) in Signs)
        {
            for (; value >= amount; value -= amount)
            {
                text.Append(sign);
            }
        }

        return text.ToString();
    }
}
