namespace Terroir.Readers.Recognition;

/// <summary>Tells the language of recognised text by the small words that every text has.</summary>
internal static class FunctionWords
{
    private static readonly Dictionary<string, HashSet<string>> OfLanguage = new(StringComparer.Ordinal)
    {
        ["fra"] = Set("le la les de des du et est un une dans que qui pour pas sur au aux ce il ne par avec son se"),
        ["eng"] = Set("the of and to in is that for it with as was be by are this have not from or at which you"),
        ["deu"] = Set("der die das und ist von zu den mit nicht ein eine auf im dem des sich auch als wird aus"),
        ["spa"] = Set("el los las y que en por con una del para es lo su al como se no más pero sus"),
        ["ita"] = Set("il di che è la per un una in del della non con si le dei al da sono gli nel"),
    };

    /// <summary>The language among those of the site that the words are most likely in.</summary>
    /// <param name="words">The recognised words.</param>
    /// <param name="languages">The languages, the main one first.</param>
    /// <returns>The main one unless another has clearly more of its small words.</returns>
    public static string Guess(IReadOnlyList<RecognizedWord> words, IReadOnlyList<string> languages)
    {
        var texts = words.Select(word => word.Text.ToLowerInvariant().Trim('.', ',', ';', ':', '(', ')',
            '"')).ToArray();
        var best = languages[0];
        var most = Count(texts, best);
        foreach (var language in languages.Skip(1))
        {
            if (Count(texts, language) is var count && count > most + 1)
            {
                (best, most) = (language, count);
            }
        }

        return best;
    }

    private static int Count(string[] texts, string language) =>
        OfLanguage.GetValueOrDefault(language) is { } set ? texts.Count(set.Contains) : 0;

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
