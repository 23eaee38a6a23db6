namespace Terroir.Protection.PersonalData;

/// <summary>Ranges that do not overlap, in order.</summary>
internal static class Overlap
{
    /// <summary>Whether a range overlaps one of those that are there.</summary>
    public static bool Any(List<RuleMatch> sorted, RuleMatch match)
    {
        var at = Place(sorted, match.Start);
        return (at < sorted.Count && sorted[at].Overlaps(match)) || (at > 0 && sorted[at - 1].Overlaps(match));
    }

    /// <summary>Puts a range where it belongs.</summary>
    public static void Insert(List<RuleMatch> sorted, RuleMatch match) =>
        sorted.Insert(Place(sorted, match.Start), match);

    // The first range that does not begin before.
    private static int Place(List<RuleMatch> sorted, int start)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
