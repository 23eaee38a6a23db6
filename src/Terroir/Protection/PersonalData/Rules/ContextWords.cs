namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Words near a number that say what it is.</summary>
/// <param name="words">The words; letter case does not matter.</param>
internal sealed class ContextWords(params string[] words)
{
    // About a line before a number, and what may stand in brackets behind it.
    private const int BeforeCount = 64;
    private const int AfterCount = 24;

    /// <summary>Whether one of the words stands near a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the number begins.</param>
    /// <param name="end">Where it ends.</param>
    public bool StandNear(ReadOnlySpan<char> text, int start, int end)
    {
        var before = text[Math.Max(0, start - BeforeCount)..start];
        var after = text[end..Math.Min(text.Length, end + AfterCount)];
        var line = after.IndexOf('\n');
        after = line < 0 ? after : after[..line];
        foreach (var word in words)
        {
            if (Stands(before, word) || Stands(after, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the last of the words before a place ends.</summary>
    /// <returns>-1 if none of the words stands before it.</returns>
    public int EndBefore(ReadOnlySpan<char> text, int start)
    {
        var from = Math.Max(0, start - BeforeCount);
        var before = text[from..start];
        var end = -1;
        foreach (var word in words)
        {
            var at = before.LastIndexOf(word, StringComparison.OrdinalIgnoreCase);
            end = at < 0 ? end : Math.Max(end, from + at + word.Length);
        }

        return end;
    }

    /// <summary>Whether one of the words is the next one behind a place.</summary>
    public bool StandRightBehind(ReadOnlySpan<char> text, int end)
    {
        var rest = text[end..Math.Min(text.Length, end + AfterCount)];
        while (!rest.IsEmpty && !char.IsLetterOrDigit(rest[0]))
        {
            rest = rest[1..];
        }

        foreach (var word in words)
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // As a word of its own: "nir" is not in "fournir".
    private static bool Stands(ReadOnlySpan<char> text, string word)
    {
        for (var from = 0; from < text.Length;)
        {
            var at = text[from..].IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return false;
            }

            var (start, end) = (from + at, from + at + word.Length);
            if ((start == 0 || !char.IsLetterOrDigit(text[start - 1]))
                && (end == text.Length || !char.IsLetter(text[end])))
            {
                return true;
            }

            from = end;
        }

        return false;
    }
}
