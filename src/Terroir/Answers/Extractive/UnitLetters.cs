using Terroir.Retrieval;

namespace Terroir.Answers.Extractive;

/// <summary>Finds the capitals that stand alone in a unit, as in "bâtiment C".</summary>
internal static class UnitLetters
{
    /// <summary>Whether a unit, its title or one of its headings has the letter, standing alone.</summary>
    public static bool Has(PassageHit hit, Unit unit, char letter) =>
        Has(unit.Text, letter) || Has(hit.Document.Title, letter)
        || hit.Passage.Headings.Any(heading => Has(heading, letter));

    private static bool Has(string text, char letter)
    {
        for (var at = text.IndexOf(letter, StringComparison.Ordinal); at >= 0; at = text.IndexOf(letter, at + 1))
        {
            var isStart = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var isEnd = at + 1 == text.Length
                || (!char.IsLetterOrDigit(text[at + 1]) && text[at + 1] is not ('\'' or '’'));
            if (isStart && isEnd)
            {
                return true;
            }
        }

        return false;
    }
}
