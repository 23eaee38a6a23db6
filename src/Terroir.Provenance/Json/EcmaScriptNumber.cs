using System.Globalization;

namespace Terroir.Provenance.Json;

/// <summary>Writes numbers as ECMAScript does (ECMA-262, Number::toString), which RFC 8785 asks for.</summary>
public static class EcmaScriptNumber
{
    // A number from 1e-6 to below 1e21 is written without an exponent.
    private const int PlainMin = -6;
    private const int PlainMax = 21;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Writes a number with the fewest digits that read as the same number.</summary>
    /// <param name="value">A finite number; minus zero is written as zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "JSON has no number that is not finite.");
        }

        if (value == 0)
        {
            return "0";
        }

        var sign = value < 0 ? "-" : "";
        var (digits, point) = Shortest(Math.Abs(value));
        return sign + point switch
        {
            > 0 and <= PlainMax when digits.Length <= point => digits.PadRight(point, '0'),
            > 0 and <= PlainMax => $"{digits[..point]}.{digits[point..]}",
            > PlainMin and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => WithExponent(digits, point - 1),
        };
    }

    // The digits without zeroes at either end, and where the point stands in front of which they begin.
    private static (string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", Invariant);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, Invariant);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        var point = exponent + (dot < 0 ? mantissa.Length : dot);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), point - (digits.Length - significant.Length));
    }

    private static string WithExponent(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent).ToString(Invariant)}";
    }
}
