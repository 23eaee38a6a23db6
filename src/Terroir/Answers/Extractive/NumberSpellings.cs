using Terroir.Retrieval;

namespace Terroir.Answers.Extractive;

/// <summary>The spellings of small numbers: <c>3</c>, <c>trois</c>, <c>troisième</c>.</summary>
internal static class NumberSpellings
{
    private static readonly string[][] French =
    [
        ["1", "1er", "1re", "premier", "première"], ["2", "deux", "deuxième", "second", "seconde"],
        ["3", "trois", "troisième"], ["4", "quatre", "quatrième"], ["5", "cinq", "cinquième"],
        ["6", "six", "sixième"], ["7", "sept", "septième"], ["8", "huit", "huitième"], ["9", "neuf", "neuvième"],
        ["10", "dix", "dixième"], ["11", "onze"], ["12", "douze"], ["13", "treize"], ["14", "quatorze"],
        ["15", "quinze"], ["16", "seize"], ["20", "vingt"], ["30", "trente"], ["40", "quarante"],
        ["50", "cinquante"], ["60", "soixante"], ["100", "cent"], ["1000", "mille"],
    ];

    private static readonly string[][] English =
    [
        ["1", "1st", "first"], ["2", "2nd", "two", "second"], ["3", "3rd", "three", "third"],
        ["4", "4th", "four", "fourth"], ["5", "5th", "five", "fifth"], ["6", "six", "sixth"],
        ["7", "seven", "seventh"], ["8", "eight", "eighth"], ["9", "nine", "ninth"], ["10", "ten", "tenth"],
        ["11", "eleven"], ["12", "twelve"], ["13", "thirteen"], ["14", "fourteen"], ["15", "fifteen"],
        ["16", "sixteen"], ["20", "twenty"], ["30", "thirty"], ["40", "forty"], ["50", "fifty"], ["60", "sixty"],
        ["100", "hundred"], ["1000", "thousand"],
    ];

    private static readonly Dictionary<string, string[]> FrenchOthers = Index(French, "fr");
    private static readonly Dictionary<string, string[]> EnglishOthers = Index(English, "en");

    private static readonly HashSet<string> NumberTerms =
        FrenchOthers.Values.Concat(EnglishOthers.Values).SelectMany(terms => terms).ToHashSet(StringComparer.Ordinal);

    /// <summary>Lists the terms of the other spellings of a number.</summary>
    /// <param name="word">A word.</param>
    /// <param name="chain">The chain.</param>
    /// <returns>The terms; empty if the word is no small number.</returns>
    public static IReadOnlyList<string> Others(string word, string chain) =>
        (chain is "en" ? EnglishOthers : FrenchOthers).GetValueOrDefault(word) ?? [];

    /// <summary>Whether a term is a number, in digits or as a word.</summary>
    public static bool IsNumber(string term) =>
        char.IsAsciiDigit(term[term.IndexOf(':', StringComparison.Ordinal) + 1]) || NumberTerms.Contains(term);

    private static Dictionary<string, string[]> Index(string[][] spellings, string chain) =>
        spellings
            .SelectMany(number => number.Select(word => (
                Word: word,
                Terms: number.Where(other => !string.Equals(other, word, StringComparison.Ordinal))
                    .SelectMany(other => QueryTerms.Of(other, chain))
                    .Distinct(StringComparer.Ordinal)
                    .ToArray())))
            .DistinctBy(pair => pair.Word, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Word, pair => pair.Terms, StringComparer.OrdinalIgnoreCase);
}
