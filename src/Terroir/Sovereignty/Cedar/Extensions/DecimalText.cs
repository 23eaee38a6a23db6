using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Decimals as text: an optional minus, digits, a point, one to four digits.</summary>
internal static class DecimalText
{
    private const int FractionLengthMax = 4;
    private const long Unit = 10_000;

    /// <summary>Reads a decimal.</summary>
    /// <returns>The number times 10,000, or <see langword="null"/> if the text is none or does not fit 64 bits.
    /// </returns>
    public static long? Read(string text)
    {
        var isNegative = text.StartsWith('-');
        var digits = isNegative ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        if (point < 1 || point == digits.Length - 1 || digits.Length - point - 1 > FractionLengthMax)
        {
            return null;
        }

        Int128 number = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            if (!char.IsAsciiDigit(digits[i]) || number > long.MaxValue)
            {
                return null;
            }

            number = (number * 10) + (digits[i] - '0');
        }

        for (var i = digits.Length - point - 1; i < FractionLengthMax; i++)
        {
            number *= 10;
        }

        number = isNegative ? -number : number;
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : null;
    }

    /// <summary>Writes a decimal with four digits after the point.</summary>
    public static string Write(long tenThousandths)
    {
        var magnitude = Int128.Abs(tenThousandths);
        var sign = tenThousandths < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{magnitude / Unit}.{magnitude % Unit:0000}");
    }
}
