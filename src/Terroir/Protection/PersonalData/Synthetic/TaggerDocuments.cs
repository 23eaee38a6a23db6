namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>The documents that the tagger of names learns from.</summary>
internal static class TaggerDocuments
{
    // So many names of a list are made up for one that is known.
    private const int MadeUpCount = 3;

    private const int LengthMin = 4;
    private const int LengthMax = 13;

    /// <summary>Makes documents of the training templates, and twice as many of those of the tagger.</summary>
    /// <param name="seed">Two documents of one place are the same if this is.</param>
    /// <param name="count">How many, of the training templates.</param>
    /// <param name="isApart">Whether those of the training templates are left out, so that they can judge.</param>
    public static IEnumerable<SyntheticDocument> Make(ulong seed, int count, bool isApart = false)
    {
        var draws = new SeededDraws(seed);
        var firstNames = WithMadeUp(SyntheticNames.FirstNames, draws);
        var surnames = WithMadeUp(
            [.. SyntheticNames.SurnamesOf(SyntheticSet.Training), .. SyntheticNames.SurnamesOf(SyntheticSet.Training)],
            draws);
        return SyntheticDocuments.Make(TrainingTemplates.Genres, seed, isApart ? 0 : count, firstNames, surnames)
            .Concat(SyntheticDocuments.Make(TaggerTemplates.Genres, seed + 1, 2 * count, firstNames, surnames));
    }

    // The head of one name and the tail of another, where both have the same letter: they sound like names, and no
    // list has them.
    private static List<string> WithMadeUp(IReadOnlyList<string> names, SeededDraws draws)
    {
        var all = new List<string>(names);
        for (var count = names.Count * MadeUpCount / 2; count > 0;)
        {
            var (one, other) = (draws.Pick(names), draws.Pick(names));
            var cut = one.Length < 3 ? 0 : draws.Next(2, one.Length);
            var from = cut == 0 || other.Length < 3 ? -1 : other.IndexOf(one[cut], 1);
            var made = from < 0 ? "" : $"{one[..cut]}{other[from..]}";
            if (made.Length is >= LengthMin and <= LengthMax && char.IsLower(made[^1]))
            {
                all.Add(made);
                count--;
            }
        }

        return all;
    }
}
