namespace Terroir.Readers.Pdf;

/// <summary>Accents that a file draws as letters of their own, over or before the letter that they belong to.
/// </summary>
internal static class Accents
{
    private const string Spacing = "`´ˆ˜¨˙˚ˇ˘¯¸˝~^";

    private const string Combined =
        "\u0300\u0301\u0302\u0303\u0308\u0307\u030a\u030c\u0306\u0304\u0327\u030b\u0303\u0302";

    private const char Negation = '\u0338';

    /// <summary>The combining form of an accent, or <see langword="null"/> if a text is none.</summary>
    public static char? Combining(string value)
    {
        var index = value.Length == 1 ? Spacing.IndexOf(value[0], StringComparison.Ordinal) : -1;
        return index < 0 ? null : Combined[index];
    }

    /// <summary>Whether an accent stands over a letter, and not beside it.</summary>
    public static bool StandsOn((double Left, double Right) accent, (double Left, double Right) letter)
    {
        var middle = (accent.Left + accent.Right) / 2;
        var reach = 0.15 * (letter.Right - letter.Left);
        return middle > letter.Left - reach && middle < letter.Right + reach;
    }

    /// <summary>TeX draws the stroke of ≠ before the sign: the stroke goes behind it and both become one.</summary>
    public static string JoinNegation(string text)
    {
        var index = text.IndexOf(Negation, StringComparison.Ordinal);
        if (index < 0)
        {
            return text;
        }

        var stroke = index + 1 < text.Length
            ? text.Remove(index, 1).Insert(index + 1, Negation.ToString())
            : text;
        return NormalForm.Of(stroke);
    }
}
