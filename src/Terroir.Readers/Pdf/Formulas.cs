using System.Globalization;

namespace Terroir.Readers.Pdf;

/// <summary>Tells formulas, whose parts stand apart as cells do, from tables.</summary>
internal static class Formulas
{
    private const double SignShareMax = 0.1;
    private const double WordShareMin = 0.4;

    /// <summary>Whether most of some cells are formulas: many signs, few words or figures.</summary>
    public static bool AreMostOf(IReadOnlyCollection<string> cells)
    {
        var signs = 0;
        var letters = 0;
        foreach (var letter in cells.SelectMany(cell => cell))
        {
            letters += letter == ' ' ? 0 : 1;
            signs += IsSign(letter) ? 1 : 0;
        }

        var equations = cells.Count(cell => cell.StartsWith('=') || cell.EndsWith('='));
        return equations > 1
            || signs > SignShareMax * letters
            || cells.Count(cell => IsPlain(cell)) < WordShareMin * cells.Count;
    }

    private static bool IsSign(char letter) =>
        letter is '{' or '}' or '=' or >= 'α' and <= 'ω' or >= '\u2190' and <= '\u22ff'
        || (letter is not ('+' or '±' or '<' or '>' or '~' or '|' or '−')
            && char.GetUnicodeCategory(letter) == UnicodeCategory.MathSymbol);

    // A word, or a number.
    private static bool IsPlain(string text)
    {
        var run = 0;
        foreach (var letter in text)
        {
            run = char.IsLetter(letter) ? run + 1 : 0;
            if (run >= 3)
            {
                return true;
            }
        }

        return text.Any(char.IsDigit) && text.Count(char.IsLetter) <= 1;
    }
}
