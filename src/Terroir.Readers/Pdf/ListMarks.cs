using System.Globalization;
using System.Text.RegularExpressions;

namespace Terroir.Readers.Pdf;

/// <summary>The marks that begin items of a list.</summary>
internal static partial class ListMarks
{
    private const string Bullets = "•‣▪▫–·●○◦■□▶►➢➤✓✔❖∙◆◇★"
        + "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf06c\uf0a8\uf071";

    /// <summary>Whether a word alone is a mark.</summary>
    public static bool IsMark(string word) =>
        (word.Length == 1 && (Bullets.Contains(word[0], StringComparison.Ordinal) || word[0] is '-'))
        || Number().IsMatch(word);

    /// <summary>Whether a line begins with a mark, and how long it is with the space behind.</summary>
    public static bool TryRead(string line, out int length, out int? number)
    {
        length = 0;
        number = null;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (line.Length > 1 && space != 1 && Bullets.Contains(line[0], StringComparison.Ordinal) && line[0] != '–')
        {
            length = 1;
            return true;
        }

        if (space <= 0 || space == line.Length - 1 || !IsMark(line[..space]))
        {
            return false;
        }

        length = space + 1;
        var digits = string.Concat(line[..space].Where(char.IsAsciiDigit));
        if (digits.Length is > 0 and < 4)
        {
            number = int.Parse(digits, CultureInfo.InvariantCulture);
        }

        return true;
    }

    [GeneratedRegex(@"^(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])$", RegexOptions.None, 1_000)]
    private static partial Regex Number();
}
