namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What is told of a word by itself.</summary>
internal static class WordTraits
{
    // Longer words are alike.
    private const int LengthMax = 12;

    /// <summary>How a word is written: 0 "Xx", 1 "XX", 2 "X.", 3 "X", 4 "Xx-Xx", 5 "XX-XX", 6 "Xx-xx" or the like,
    /// 7 with an apostrophe, 8 "XxXx", 9 two capitals, 10 three.</summary>
    public static uint Shape(ReadOnlySpan<char> word)
    {
        if (word[^1] is '.')
        {
            return 2;
        }

        if (word.Length == 1)
        {
            return 3;
        }

        if (word.ContainsAny('\'', '’'))
        {
            return 7;
        }

        var (capitals, letters, first, parts) = (0, 0, 0, 1);
        for (var at = 0; at < word.Length; at++)
        {
            if (word[at] is '-')
            {
                parts++;
                continue;
            }

            letters++;
            if (char.IsUpper(word[at]))
            {
                capitals++;
                first += at == 0 || word[at - 1] is '-' ? 1 : 0;
            }
        }

        if (capitals == letters)
        {
            return parts > 1 ? 5u : letters switch { 2 => 9, 3 => 10, _ => 1 };
        }

        if (capitals > first)
        {
            return 8;
        }

        return parts == 1 ? 0u : first == parts ? 4u : 6u;
    }

    /// <summary>The length, as far as it matters.</summary>
    public static uint Length(ReadOnlySpan<char> word) => (uint)Math.Min(word.Length, LengthMax);

    /// <summary>The hash of the last letters.</summary>
    public static uint Suffix(ReadOnlySpan<char> word, int length) =>
        WordHash.Of(word.Length > length ? word[^length..] : word);

    /// <summary>The hash of the first letters.</summary>
    public static uint Prefix(ReadOnlySpan<char> word, int length) =>
        WordHash.Of(word.Length > length ? word[..length] : word);
}
