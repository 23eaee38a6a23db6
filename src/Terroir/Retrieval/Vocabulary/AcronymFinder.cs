using System.Buffers;
using System.Runtime.InteropServices;
using Terroir.Retrieval.Queries;

namespace Terroir.Retrieval.Vocabulary;

/// <summary>Finds short forms that a text explains in brackets: <c>Centre hospitalier universitaire (CHU)</c> and
/// <c>CHU (Centre hospitalier universitaire)</c>.</summary>
/// <remarks>Schwartz and Hearst, <i>A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text</i>,
/// 2003. From the right, each letter of the short form must stand in the long one, the first at the start of a word.
/// Ours is stricter: a short form is written in capitals, and the long one has two words or more.</remarks>
internal static class AcronymFinder
{
    /// <summary>The length of a short form, in letters and digits.</summary>
    internal const int ShortLengthMin = 2;

    /// <inheritdoc cref="ShortLengthMin"/>
    internal const int ShortLengthMax = 10;

    /// <summary>The longest long form, in words.</summary>
    internal const int WordCountMax = 15;

    /// <summary>How many explanations are taken from one text.</summary>
    internal const int CountMax = 32;

    // A bracket that closes later opened no explanation.
    private const int InsideLengthMax = 200;

    // What ends the stretch of text that a long form before a bracket can stand in.
    private static readonly SearchValues<char> Ends = SearchValues.Create(".;:!?()[]\n«»\"|");

    /// <summary>Lists the explanations of a text, in order.</summary>
    public static IEnumerable<Acronym> Find(string text)
    {
        var count = 0;
        for (var open = text.IndexOf('('); open >= 0 && count < CountMax; open = text.IndexOf('(', open + 1))
        {
            var close = text.IndexOf(')', open, Math.Min(InsideLengthMax, text.Length - open));
            if (close > open && Read(text[(open + 1)..close].Trim(), Before(text, open)) is { } acronym)
            {
                count++;
                yield return acronym;
            }
        }
    }

    private static Acronym? Read(string inside, string before) =>
        IsShort(inside) ? Match(inside, LastWords(before, inside.Length))
            : LastWord(before) is var word && IsShort(word)
                ? Match(word, inside.Split(',', ';')[0], isWhole: true)
                : null;

    private static string Before(string text, int open)
    {
        var start = text.AsSpan(0, open).LastIndexOfAny(Ends) + 1;
        return text[start..open].Trim();
    }

    // As many words before a bracket as a short form of some letters can stand for.
    private static string LastWords(string text, int letters)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = Math.Min(WordCountMax, Math.Min(letters + 5, letters * 2));
        return string.Join(' ', words.TakeLast(count));
    }

    private static string LastWord(string text) => text[(text.LastIndexOfAny([' ', '\'', '’', '\u00A0']) + 1)..];

    private static bool IsShort(string text)
    {
        var capitals = 0;
        foreach (var letter in text)
        {
            capitals += char.IsUpper(letter) ? 1 : 0;
            if (!char.IsLetterOrDigit(letter) && letter is not ('-' or '.' or '/'))
            {
                return false;
            }
        }

        return text.Length is >= ShortLengthMin and <= ShortLengthMax
            && char.IsUpper(text[0])
            && capitals * 2 > text.Length;
    }

    private static Acronym? Match(string shortForm, string candidate, bool isWhole = false)
    {
        var letters = FoldedWords.Fold(shortForm);
        var words = FoldedWords.Of(candidate);
        if (letters.Length < ShortLengthMin || FirstWord(letters, words) is not { } first || (isWhole && first > 0))
        {
            return null;
        }

        var longForm = words.GetRange(first, words.Count - first);
        return longForm.Count is > 1 and <= WordCountMax && !longForm.Contains(letters, StringComparer.Ordinal)
            ? new Acronym(letters, string.Join(' ', longForm))
            : null;
    }

    // The word that the long form begins with, or null if some letter is nowhere.
    private static int? FirstWord(string letters, List<string> words)
    {
        var (word, at) = (words.Count - 1, words.Count > 0 ? words[^1].Length - 1 : -1);
        for (var letter = letters.Length - 1; letter >= 0; letter--)
        {
            while (word >= 0 && (words[word][at] != letters[letter] || (letter == 0 && at > 0)))
            {
                (word, at) = Previous(words, word, at);
            }

            if (word < 0)
            {
                return null;
            }

            if (letter > 0)
            {
                (word, at) = Previous(words, word, at);
            }
        }

        return word;
    }

    private static (int Word, int At) Previous(List<string> words, int word, int at) =>
        at > 0 ? (word, at - 1)
            : word > 0 ? (word - 1, words[word - 1].Length - 1)
            : (-1, 0);
}

/// <summary>A short form and what it stands for, both folded.</summary>
/// <param name="Short">Letters and digits, such as <c>chu</c>.</param>
/// <param name="Long">Words with a space between, such as <c>centre hospitalier universitaire</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Acronym(string Short, string Long);
