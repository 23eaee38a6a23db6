using System.Buffers;

namespace Terroir.Languages;

/// <summary>How much of a text speaks for each language.</summary>
/// <remarks>A small word counts 2, an ending and a letter 1, each shared by the languages that have it.</remarks>
internal sealed class LanguageScores
{
    private const double WordWeight = 2;

    private const double EndingWeight = 1;

    private const double LetterWeight = 1;

    private const int EndingLengthMin = 2;

    private const int EndingLengthMax = 6;

    private const int WordLengthMax = 30;

    private static readonly SearchValues<char> Breaks =
        SearchValues.Create(" \n\t\u00A0\u202F'’,.;:()[]|#?!\"«»“”/-–—*_`");

    private static readonly Dictionary<string, double[]> Words = Weigh(LanguageWords.Words, WordWeight);

    private static readonly Dictionary<string, double[]> Endings = Weigh(LanguageWords.Endings, EndingWeight);

    private static readonly Dictionary<string, double[]> Letters = Weigh(
        [.. LanguageWords.Letters.Select(letters => string.Join(' ', letters.ToCharArray()))],
        LetterWeight);

    private static readonly string[] Codes = [.. LanguageWords.Codes];

    private readonly double[] _sums = new double[Codes.Length];

    // Each small word has one array of weights.
    private readonly HashSet<double[]> _words = [];

    private LanguageScores()
    {
    }

    /// <summary>How many words were looked at.</summary>
    public int WordCount { get; private set; }

    /// <summary>The language that most speaks for; the first of equal ones.</summary>
    public string Best => Codes[Array.IndexOf(_sums, _sums.Max())];

    /// <summary>Looks at a text.</summary>
    public static LanguageScores Of(ReadOnlySpan<char> text)
    {
        var scores = new LanguageScores();
        Span<char> lower = stackalloc char[WordLengthMax];
        while (!text.IsEmpty)
        {
            var length = text.IndexOfAny(Breaks);
            var word = length < 0 ? text : text[..length];
            var before = text;
            text = length < 0 ? [] : text[(length + 1)..];
            if (IsWord(word))
            {
                word.ToLowerInvariant(lower);
                scores.Add(lower[..word.Length], isElided: length >= 0 && before[length] is '\'' or '’');
            }
        }

        return scores;
    }

    /// <summary>What speaks for a language; 0 for one that is not known.</summary>
    public double For(string language) => Array.IndexOf(Codes, language) is >= 0 and var index ? _sums[index] : 0;

    /// <summary>How many different small words of one language another does not have.</summary>
    public int CountWords(string language, string other)
    {
        var (one, another) = (Array.IndexOf(Codes, language), Array.IndexOf(Codes, other));
        return one < 0 ? 0 : _words.Count(weights => weights[one] > 0 && (another < 0 || weights[another] == 0));
    }

    // A letter alone is a word in small: in capitals it is an initial, or a number of a list.
    private static bool IsWord(ReadOnlySpan<char> word) =>
        word.Length is > 0 and <= WordLengthMax && (word.Length > 1 || char.IsLower(word[0]));

    private void Add(ReadOnlySpan<char> word, bool isElided)
    {
        WordCount++;
        if (Find(word, isElided) is { } weights)
        {
            _words.Add(weights);
            Add(weights);
        }
        else
        {
            AddEnding(word);
        }

        var letters = Letters.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < word.Length; at++)
        {
            if (!char.IsAscii(word[at]) && letters.TryGetValue(word.Slice(at, 1), out var own))
            {
                Add(own);
            }
        }
    }

    private static double[]? Find(ReadOnlySpan<char> word, bool isElided)
    {
        var words = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        return isElided && words.TryGetValue($"{word}'", out var elided) ? elided
            : words.TryGetValue(word, out var weights) ? weights
            : null;
    }

    // The longest ending that is known.
    private void AddEnding(ReadOnlySpan<char> word)
    {
        var endings = Endings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(EndingLengthMax, word.Length - 2); length >= EndingLengthMin; length--)
        {
            if (endings.TryGetValue(word[^length..], out var weights))
            {
                Add(weights);
                return;
            }
        }
    }

    private void Add(double[] weights)
    {
        for (var language = 0; language < weights.Length; language++)
        {
            _sums[language] += weights[language];
        }
    }

    private static Dictionary<string, double[]> Weigh(IReadOnlyList<string> lists, double weight)
    {
        var sets = lists.Select(list => list.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal)).ToArray();
        return sets.SelectMany(set => set).Distinct(StringComparer.Ordinal).ToDictionary(
            item => item,
            item =>
            {
                var share = weight / sets.Count(set => set.Contains(item));
                return Array.ConvertAll(sets, set => set.Contains(item) ? share : 0);
            },
            StringComparer.Ordinal);
    }
}
