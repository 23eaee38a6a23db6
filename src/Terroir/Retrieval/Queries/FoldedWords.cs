using System.Globalization;
using System.Text;

namespace Terroir.Retrieval.Queries;

/// <summary>Cuts text into words for comparing them one by one: runs of letters and digits, lower case, without
/// accents, ligatures taken apart.</summary>
internal static class FoldedWords
{
    /// <summary>Lists the words of a text in order.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in NormalForm.Of(text, NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                Append(word, letter);
            }
            else
            {
                Flush(word, words);
            }
        }

        Flush(word, words);
        return words;
    }

    /// <summary>Folds one word.</summary>
    public static string Fold(string word) => string.Concat(Of(word));

    /// <summary>Whether some words stand in a text one after the other.</summary>
    public static bool Hold(IReadOnlyList<string> text, IReadOnlyList<string> phrase)
    {
        for (var start = 0; start + phrase.Count <= text.Count; start++)
        {
            var at = 0;
            while (at < phrase.Count && string.Equals(text[start + at], phrase[at], StringComparison.Ordinal))
            {
                at++;
            }

            if (at == phrase.Count)
            {
                return true;
            }
        }

        return false;
    }

    private static void Append(StringBuilder word, char letter) => _ = letter switch
    {
        'œ' or 'Œ' => word.Append("oe"),
        'æ' or 'Æ' => word.Append("ae"),
        'ß' => word.Append("ss"),
        _ => word.Append(char.ToLowerInvariant(letter)),
    };

    private static void Flush(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
