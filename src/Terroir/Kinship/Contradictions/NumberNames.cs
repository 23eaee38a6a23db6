namespace Terroir.Kinship.Contradictions;

/// <summary>Numbers that are one word. An article (<c>un</c>, <c>one</c>) is none.</summary>
internal static class NumberNames
{
    private const string Spellings =
        "deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14 "
        + "quinze 15 seize 16 vingt 20 trente 30 quarante 40 cinquante 50 soixante 60 cent 100 two 2 three 3 "
        + "four 4 five 5 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 fifteen 15 twenty 20 thirty 30 forty 40 "
        + "fifty 50 sixty 60 ninety 90";

    private static readonly Dictionary<string, int> Names = Spellings.Split(' ').Chunk(2).ToDictionary(
        pair => pair[0],
        pair => int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The number that a word is, or <see langword="null"/>.</summary>
    public static int? Find(string word) => Names.TryGetValue(word, out var number) ? number : null;
}
