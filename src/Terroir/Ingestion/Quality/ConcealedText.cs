using System.Text;

namespace Terroir.Ingestion.Quality;

/// <summary>Characters that carry or turn text which the eye does not see.</summary>
internal static class ConcealedText
{
    private const int BlackFlag = 0x1F3F4;

    /// <summary>Counts them.</summary>
    /// <param name="text">A text as it was written.</param>
    /// <returns>How many: tags outside of a flag, variation selectors behind one another (Unicode 16, 23.4 and 23.9),
    /// orders of direction that overrule letters (UAX 9), and spaces without width between two letters.</returns>
    public static int Count(string text)
    {
        var (count, isFlag) = (0, false);
        var before = new Rune(' ');
        foreach (var rune in text.EnumerateRunes())
        {
            isFlag = rune.Value == BlackFlag || (isFlag && IsTag(rune));
            count += IsConcealed(rune, before, isFlag) ? 1 : 0;
            before = rune;
        }

        return count;
    }

    private static bool IsConcealed(Rune rune, Rune before, bool isFlag) => rune.Value switch
    {
        0x202D or 0x202E => true,
        0x200B or 0x2060 or 0xFEFF => Rune.IsLetter(before),
        >= 0xE0100 and <= 0xE01EF => before.Value is >= 0xE0100 and <= 0xE01EF,
        _ => IsTag(rune) && !isFlag,
    };

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0000 and <= 0xE007F;
}
