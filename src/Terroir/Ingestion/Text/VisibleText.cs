using System.Globalization;
using System.Text;

namespace Terroir.Ingestion.Text;

/// <summary>What a person sees of a text. Invisible characters hide words from people and not from a model.</summary>
internal static class VisibleText
{
    /// <summary>Removes what cannot be seen; line ends become <c>\n</c>, odd spaces plain ones.</summary>
    /// <returns>The text in form NFC.</returns>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n')
            {
                clean.Append('\n');
            }
            else if (rune.Value is '\t' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator)
            {
                clean.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                clean.Append(units[..rune.EncodeToUtf16(units)]);
            }
        }

        return NormalForm.Of(clean.ToString());
    }

    // The fillers and the empty Braille pattern are letters and signs by category, and blank on the page.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || IsNoncharacter(rune);

    // The last two of each plane and 32 more, of which a file should have none.
    private static bool IsNoncharacter(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
