using System.Globalization;
using System.Text;

namespace Terroir.Readers.Pdf;

/// <summary>The text of one drawn letter, as plain letters in visual order.</summary>
internal static class LetterText
{
    public static string Of(string value)
    {
        if (value.Length == 1 && value[0] < '\u00ad')
        {
            return value;
        }

        var plain = Ligatures(value);
        // A drawn ligature of right-to-left letters counts as one letter: it is kept backwards until the line is
        // put in logical order, which turns all letters round.
        return plain.Length > 1 && IsRightToLeft(plain[0]) ? BidiOrder.Reverse(plain) : plain;
    }

    public static bool IsRightToLeft(char letter) =>
        letter is >= '\u0590' and <= '\u08ff' or >= '\ufb1d' and <= '\ufdff' or >= '\ufe70' and <= '\ufeff'
        && !char.IsDigit(letter);

    /// <summary>A letter that stands for nothing readable: the font gives no Unicode for it.</summary>
    public static bool IsUnreadable(Rune rune) =>
        rune.Value == 0xfffd || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.Control
            or UnicodeCategory.OtherNotAssigned;

    private static string Ligatures(string value)
    {
        foreach (var letter in value)
        {
            if (letter is >= '\ufb00' and <= '\ufb4f' or >= '\ufb50' and <= '\ufdff' or >= '\ufe70' and <= '\ufefc'
                or >= '\uff01' and <= '\uff5e')
            {
                return NormalForm.Of(value, NormalizationForm.FormKC);
            }
        }

        return value;
    }
}
