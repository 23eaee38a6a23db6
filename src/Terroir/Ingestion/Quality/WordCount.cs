using System.Globalization;

namespace Terroir.Ingestion.Quality;

/// <summary>Looks at the words of a text: do they look like French or English ones?</summary>
internal sealed class WordCount
{
    private const int LengthMin = 3;

    private static readonly char[] Edges = [.. ".,;:!?()[]«»\"“”„*#|…<>{}‹›•·–—=+~`^§°€%&$/\\'’-"];

    private static readonly HashSet<string> FunctionWords = new(StringComparer.Ordinal)
    {
        "le", "la", "les", "des", "du", "de", "un", "une", "et", "est", "dans", "pour", "que", "qui", "sur", "au",
        "aux", "par", "avec", "sont", "ce", "cette", "il", "elle", "pas", "plus", "ou", "se", "ne", "en", "vous",
        "votre", "nous", "leur", "son", "sa", "ses", "si", "a", "à",
        "the", "of", "and", "to", "in", "is", "are", "for", "that", "with", "this", "by", "on", "be", "was", "were",
        "from", "at", "an", "it", "as", "or", "which", "have", "has", "not", "can", "you", "your", "their", "we",
    };

    /// <summary>Words of at least three letters that could be looked at.</summary>
    public int Count { get; private set; }

    /// <summary>Those that no word of the two languages looks like.</summary>
    public int ImplausibleCount { get; private set; }

    /// <summary>Words of any length.</summary>
    public int TokenCount { get; private set; }

    /// <summary>Function words of the two languages.</summary>
    public int FunctionCount { get; private set; }

    /// <summary>The letters of all words.</summary>
    public long LetterCount { get; private set; }

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        foreach (var token in text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            // Addresses, paths and names of programs are no words.
            if (token.AsSpan().ContainsAny("@_\\") || token.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var part in token.Split(['\'', '’', '-', '/', '(', ')', '[', ']', '‐', '‑', '–', '—']))
            {
                Look(part.Trim(Edges));
            }
        }
    }

    private void Look(string word)
    {
        var letters = word.Count(char.IsLetter);
        if (letters == 0)
        {
            return;
        }

        TokenCount++;
        LetterCount += letters;
        FunctionCount += FunctionWords.Contains(word.ToLowerInvariant()) ? 1 : 0;

        // Short words, acronyms, numbers with a unit and words of other scripts say nothing.
        if (letters < LengthMin || word.Count(char.IsUpper) > 1 || word.AsSpan().ContainsAny(".,:")
            || IsNumbered(word) || word.Any(letter => char.IsLetter(letter) && letter > '\u024F'))
        {
            return;
        }

        Count++;
        ImplausibleCount += IsImplausible(word) ? 1 : 0;
    }

    private static bool IsImplausible(string word)
    {
        var folded = LetterPairs.Fold(word);
        for (var index = 1; index < folded.Length; index++)
        {
            if (LetterPairs.IsRare(folded[index - 1], folded[index]))
            {
                return true;
            }
        }

        // A soft hyphen or a joiner is the typesetter's.
        return folded.Any(letter => !char.IsLetter(letter)
            && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format);
    }

    // Letters with digits at one end only: covid19, 3ème.
    private static bool IsNumbered(string word)
    {
        var trimmed = word.AsSpan().Trim("0123456789");
        return trimmed.Length < word.Length && trimmed.IndexOfAnyInRange('0', '9') < 0;
    }
}
