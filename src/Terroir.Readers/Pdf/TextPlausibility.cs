using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Readers.Pdf;

/// <summary>Whether the words of a page can be words of a language: a poor recognition, and a font with a wrong map of
/// its letters, leave words that nobody writes.</summary>
/// <remarks>Two signs: words of an odd form, as in Taghva and others, "Automatic removal of garbage strings in OCR
/// text" (2001), and pairs of letters that words seldom have. Only words that are mostly of Latin letters are
/// judged.</remarks>
/// <param name="LetterCount">The letters that were judged.</param>
/// <param name="OddShare">The share of them in words of an odd form, 0 to 1.</param>
/// <param name="RareShare">The share of pairs of letters that are not usual, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextPlausibility(int LetterCount, double OddShare, double RareShare)
{
    /// <summary>A page with fewer letters is not judged.</summary>
    private const int LetterCountMin = 100;

    /// <summary>Pages of our samples without fault have at most 0.10, pages with exchanged letters at least 0.16.
    /// </summary>
    private const double RareShareMax = 0.15;

    /// <summary>What exchanged letters usually have.</summary>
    private const double RareShareOfGibberish = 0.3;

    /// <summary>Above what formulas bring about (at most 0.38, on a page of our samples that lists symbols).</summary>
    private const double OddShareMax = 0.45;

    /// <summary>Of a page that was recognised before: reached when one letter of 20 is wrong.</summary>
    private const double OddShareOfHiddenMax = 0.08;

    private const string MarksInsideWords = "-'’‑/.@_:&+·\u00AD";

    /// <summary>How much of the text is wrong, 0 to 1, as an estimate.</summary>
    public double Fault => Math.Min(1, Math.Max(OddShare, RareShare / RareShareOfGibberish));

    /// <summary>Judges the words of a page.</summary>
    public static TextPlausibility Of(IEnumerable<string> words)
    {
        var (letters, odd, pairs, rare) = (0, 0, 0, 0);
        foreach (var word in words)
        {
            var core = Trim(word);
            if (Count(core) is not { IsJudged: true, Letters: var count })
            {
                continue;
            }

            var (all, few) = LetterPairs.CountIn(core);
            pairs += all;
            rare += few;
            letters += count;
            odd += IsOdd(core) ? count : 0;
        }

        return new TextPlausibility(
            letters,
            letters == 0 ? 0 : (double)odd / letters,
            pairs == 0 ? 0 : (double)rare / pairs);
    }

    /// <summary>Whether the page is rather to be recognised than to be believed.</summary>
    /// <param name="isHidden">Whether the words are a layer that a recognition put over a picture.</param>
    public bool IsPoor(bool isHidden) => LetterCount >= LetterCountMin
        && (RareShare > RareShareMax || OddShare > (isHidden ? OddShareOfHiddenMax : OddShareMax));

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> word)
    {
        var start = 0;
        var end = word.Length;
        while (start < end && !char.IsLetterOrDigit(word[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetterOrDigit(word[end - 1]))
        {
            end--;
        }

        return word[start..end];
    }

    private static (int Letters, bool IsJudged) Count(ReadOnlySpan<char> word)
    {
        var (letters, latin, digits) = (0, 0, 0);
        foreach (var character in word)
        {
            letters += char.IsLetter(character) ? 1 : 0;
            latin += LetterPairs.IsLatin(character) ? 1 : 0;
            digits += char.IsDigit(character) ? 1 : 0;
        }

        return (letters, letters >= 2 && latin * 2 >= letters && digits < letters && !IsAddress(word));
    }

    private static bool IsAddress(ReadOnlySpan<char> word) => word.Contains("://", StringComparison.Ordinal);

    // A mark within, a figure between letters, a capital between small letters, or one letter three times.
    private static bool IsOdd(ReadOnlySpan<char> word)
    {
        for (var index = 1; index < word.Length - 1; index++)
        {
            var (before, here, after) = (word[index - 1], word[index], word[index + 1]);
            var isMark = !char.IsLetterOrDigit(here) && !char.IsSurrogate(here)
                && char.GetUnicodeCategory(here) is not UnicodeCategory.NonSpacingMark
                && !MarksInsideWords.Contains(here, StringComparison.Ordinal);
            if (isMark
                || (char.IsLetter(before) && char.IsDigit(here) && char.IsLetter(after))
                || (char.IsLower(before) && char.IsUpper(here) && char.IsLower(after))
                || (before == here && here == after && char.IsLetter(here)))
            {
                return true;
            }
        }

        return false;
    }
}
