using System.Text;

namespace Terroir.Readers.Pdf;

/// <summary>Puts the lines of running text together again.</summary>
internal static class PdfText
{
    /// <summary>Joins lines with spaces; a word that was broken at the end of a line is made whole.</summary>
    public static string Join(IReadOnlyList<string> lines)
    {
        if (lines.Count == 1)
        {
            return Clean(lines[0]);
        }

        var text = new StringBuilder(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            if (line.Length == 0)
            {
                continue;
            }

            if (text.Length > 0 && text[^1] is '\u00ad')
            {
                text.Length--;
            }
            else if (!EndsInBrokenWord(text, line))
            {
                if (text.Length > 0 && !(IsWithoutSpaces(text[^1]) && IsWithoutSpaces(line[0])))
                {
                    text.Append(' ');
                }
            }
            else if (!IsCompound(text, line))
            {
                text.Length--;
            }

            text.Append(line);
        }

        return Clean(text.ToString());
    }

    // Chinese and Japanese are written without spaces; a line break within a sentence leaves none.
    private static bool IsWithoutSpaces(char letter) =>
        letter is >= '\u3000' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uff00' and <= '\uff60';

    private static string Clean(string text) => text.Replace("\u00ad", "", StringComparison.Ordinal);

    private static bool EndsInBrokenWord(StringBuilder text, string next) =>
        text.Length > 1 && text[^1] is '-' or '\u2010' && char.IsLetter(text[^2]) && char.IsLetter(next[0]);

    // "peut-être", "vingt-deux", "non-interference", "E-Mail": the hyphen is the author's own. A word that goes on in
    // capitals, or one that already holds a hyphen, is a compound; so are the French forms that always have one.
    private static bool IsCompound(StringBuilder text, string next)
    {
        if (char.IsUpper(next[0]))
        {
            return true;
        }

        var start = text.Length - 1;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] is '-' or '\'' or '’'))
        {
            start--;
        }

        var before = text.ToString(start, text.Length - start);
        var length = next.TakeWhile(letter => char.IsLetter(letter) || letter is '-').Count();
        var after = next[..length];
        return before.AsSpan(0, before.Length - 1).Contains('-') && after.Length < 3
            || FrenchWords.IsCompound(before[..^1], after);
    }
}
