using System.Globalization;
using System.Text;

namespace Terroir.Retention;

/// <summary>Texts as people take them for the same: without case, accents and what stands between words.</summary>
internal static class PlainWords
{
    /// <summary>Whether a text holds each word of another.</summary>
    public static bool HasAll(string text, string words)
    {
        var there = $" {Fold(text)} ";
        return Fold(words).Split(' ').All(word => there.Contains($" {word} ", StringComparison.Ordinal));
    }

    /// <summary>Words of small letters without accents and of digits, a space between each.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in NormalForm.Of(text, NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }
}
