using System.Globalization;

namespace Terroir.Protection.PersonalData.Checks;

/// <summary>Arithmetic over the figures of a number, as many check digits need it.</summary>
internal static class Digits
{
    /// <summary>Whether a number is so many figures and nothing else.</summary>
    public static bool AreAll(ReadOnlySpan<char> number, int length) =>
        number.Length == length && !number.ContainsAnyExceptInRange('0', '9');

    /// <summary>The value of a figure.</summary>
    public static int At(ReadOnlySpan<char> number, int index) => number[index] - '0';

    /// <summary>The figures as a number; at most 18 of them.</summary>
    public static long Value(ReadOnlySpan<char> digits) =>
        long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The sum of the figures, each times its weight.</summary>
    public static int Weighed(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var index = 0; index < weights.Length; index++)
        {
            sum += At(digits, index) * weights[index];
        }

        return sum;
    }

    /// <summary>Whether figures are a day.</summary>
    public static bool AreDay(int year, int month, int day) =>
        year is >= 1 and <= 9999
        && month is >= 1 and <= 12
        && day >= 1
        && day <= DateTime.DaysInMonth(year, month);
}
