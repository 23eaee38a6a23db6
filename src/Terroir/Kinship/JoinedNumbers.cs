namespace Terroir.Kinship;

/// <summary>Numbers that pairs join, directly or through others: a disjoint-set forest with halved paths.</summary>
internal sealed class JoinedNumbers
{
    private readonly int[] _parents;

    public JoinedNumbers(int count, IEnumerable<(int First, int Second)> pairs)
    {
        _parents = [.. Enumerable.Range(0, count)];
        foreach (var (first, second) in pairs)
        {
            var (one, other) = (RootOf(first), RootOf(second));
            _parents[Math.Max(one, other)] = Math.Min(one, other);
        }
    }

    /// <summary>The groups of two and more, each in ascending order, by their first.</summary>
    public IEnumerable<int[]> Groups =>
        Enumerable.Range(0, _parents.Length).GroupBy(RootOf).Select(group => group.ToArray())
            .Where(group => group.Length > 1);

    private int RootOf(int number)
    {
        while (_parents[number] != number)
        {
            _parents[number] = _parents[_parents[number]];
            number = _parents[number];
        }

        return number;
    }
}
