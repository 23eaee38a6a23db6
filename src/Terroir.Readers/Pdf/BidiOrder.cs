using System.Buffers;
using System.Globalization;
using System.Text;

namespace Terroir.Readers.Pdf;

/// <summary>Puts a line that was read from left to right by the eye into the order in which it is spoken.</summary>
internal static class BidiOrder
{
    private const string Mirrored = "()[]{}<>«»";

    private static readonly SearchValues<char> MirroredLetters = SearchValues.Create(Mirrored);

    /// <summary>Whether a text holds right-to-left letters.</summary>
    public static bool HasRightToLeft(string text)
    {
        foreach (var letter in text)
        {
            if (letter >= '\u0590' && LetterText.IsRightToLeft(letter))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether most letters run from right to left.</summary>
    public static bool IsMostlyRightToLeft(IEnumerable<string> texts)
    {
        var balance = 0;
        foreach (var letter in texts.SelectMany(text => text))
        {
            balance += LetterText.IsRightToLeft(letter) ? 1 : char.IsLetter(letter) ? -1 : 0;
        }

        return balance > 0;
    }

    /// <summary>Turns a visual line into a logical one.</summary>
    /// <param name="visual">The line from left to right.</param>
    /// <param name="isRightToLeft">The direction of the paragraph.</param>
    public static string ToLogical(string visual, bool isRightToLeft)
    {
        if (!HasRightToLeft(visual))
        {
            return visual;
        }

        var letters = Letters(visual);
        var kinds = letters.ConvertAll(KindOf);
        Resolve(kinds, letters, isRightToLeft);
        var runs = Runs(kinds);
        var text = new StringBuilder(visual.Length);
        foreach (var (start, end) in isRightToLeft ? Enumerable.Reverse(runs) : runs)
        {
            var isBackwards = kinds[start] == 'R';
            for (var step = 0; step < end - start; step++)
            {
                text.Append(letters[isBackwards ? end - 1 - step : start + step]);
            }
        }

        return MirrorBrackets(text.ToString());
    }

    /// <summary>Turns a text round; marks stay behind their letter.</summary>
    public static string Reverse(string text)
    {
        var letters = Letters(text);
        letters.Reverse();
        return string.Concat(letters);
    }

    private static List<string> Letters(string text)
    {
        var letters = new List<string>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (letters.Count > 0 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                letters[^1] += rune.ToString();
            }
            else
            {
                letters.Add(rune.ToString());
            }
        }

        return letters;
    }

    // R: right to left. L: left to right. N: digit. n: what joins digits. Blank: neutral.
    private static char KindOf(string letter)
    {
        var first = letter[0];
        if (char.IsDigit(first))
        {
            return 'N';
        }

        if (LetterText.IsRightToLeft(first))
        {
            return 'R';
        }

        return char.IsLetter(first) ? 'L' : first is '.' or ',' or '/' or ':' or '-' or '٫' or '٬' ? 'n' : ' ';
    }

    private static void Resolve(List<char> kinds, List<string> letters, bool isRightToLeft)
    {
        // What stands between digits belongs to the number; signs of money and percent stay with it.
        for (var index = 1; index + 1 < kinds.Count; index++)
        {
            if (kinds[index] == 'n' && kinds[index - 1] == 'N' && kinds[index + 1] == 'N')
            {
                kinds[index] = 'N';
            }
        }

        for (var index = 0; index < kinds.Count; index++)
        {
            if (letters[index] is "%" or "٪" && (IsKind(kinds, index - 1, 'N') || IsKind(kinds, index + 1, 'N')))
            {
                kinds[index] = 'N';
            }
        }

        var ground = isRightToLeft ? 'R' : 'L';
        for (var index = 0; index < kinds.Count; index++)
        {
            if (kinds[index] is not (' ' or 'n'))
            {
                continue;
            }

            var end = index;
            while (end < kinds.Count && kinds[end] is ' ' or 'n')
            {
                end++;
            }

            var before = index == 0 ? ground : Strong(kinds[index - 1]);
            var after = end == kinds.Count ? ground : Strong(kinds[end]);
            for (; index < end; index++)
            {
                kinds[index] = before == after ? before : ground;
            }

            index--;
        }

        for (var index = 0; index < kinds.Count; index++)
        {
            kinds[index] = kinds[index] == 'N' ? 'L' : kinds[index];
        }

        char Strong(char kind) => kind == 'N' ? ground : kind;
    }

    private static bool IsKind(List<char> kinds, int index, char kind) =>
        index >= 0 && index < kinds.Count && kinds[index] == kind;

    private static List<(int Start, int End)> Runs(List<char> kinds)
    {
        var runs = new List<(int Start, int End)>();
        for (var start = 0; start < kinds.Count;)
        {
            var end = start + 1;
            while (end < kinds.Count && kinds[end] == kinds[start])
            {
                end++;
            }

            runs.Add((start, end));
            start = end;
        }

        return runs;
    }

    // Some files give a bracket as it looks, others as it means: the reading with more pairs is right.
    private static string MirrorBrackets(string text)
    {
        if (!text.AsSpan().ContainsAny(MirroredLetters))
        {
            return text;
        }

        var mirrored = string.Concat(text.Select(Mirror));
        return Unpaired(mirrored) < Unpaired(text) ? mirrored : text;
    }

    private static char Mirror(char letter)
    {
        var index = Mirrored.IndexOf(letter, StringComparison.Ordinal);
        return index < 0 ? letter : Mirrored[index ^ 1];
    }

    private static int Unpaired(string text)
    {
        var depth = 0;
        var faults = 0;
        foreach (var index in text.Select(letter => Mirrored.IndexOf(letter, StringComparison.Ordinal)))
        {
            if (index < 0)
            {
                continue;
            }

            depth += index % 2 == 0 ? 1 : -1;
            if (depth < 0)
            {
                faults++;
                depth = 0;
            }
        }

        return faults + depth;
    }
}
