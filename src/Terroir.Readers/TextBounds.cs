using System.Globalization;
using System.Text;
using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Bounds and tests on the text that a file yields.</summary>
internal static class TextBounds
{
    /// <summary>Raises the verdict on a file with more text than the limit.</summary>
    public static void Check(long length, ReadLimits limits)
    {
        if (length > limits.TextLengthMax)
        {
            throw new UnreadableException(
                UnreadableReason.TooLarge,
                RemarkCode.TooMuchText,
                limits.TextLengthMax >> 20);
        }
    }

    /// <summary>Raises the verdict on a file with more cells than the limit.</summary>
    public static void CheckCells(int count, ReadLimits limits)
    {
        if (count > limits.CellCountMax)
        {
            throw new UnreadableException(
                UnreadableReason.TooLarge,
                RemarkCode.TooManyCells,
                limits.CellCountMax);
        }
    }

    /// <summary>Counts the characters of a block.</summary>
    public static long LengthOf(Block block) => block switch
    {
        TableBlock table => table.Rows.Sum(row => row.Cells.Sum(cell => (long)cell.Length)),
        _ => TextOf(block).Length,
    };

    /// <summary>Tells whether a person sees anything of a block.</summary>
    public static bool HasVisible(Block block) =>
        block is TableBlock table
            ? table.Rows.Any(row => row.Cells.Any(HasVisible))
            : HasVisible(TextOf(block));

    private static string TextOf(Block block) => block switch
    {
        HeadingBlock heading => heading.Text,
        ParagraphBlock paragraph => paragraph.Text,
        ListItemBlock item => item.Text,
        CodeBlock code => code.Text,
        CaptionBlock caption => caption.Text,
        _ => "",
    };

    private static bool HasVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.NonSpacingMark))
            {
                return true;
            }
        }

        return false;
    }
}
