namespace Terroir.Ingestion.Text;

/// <summary>Chooses where the passages of a section begin: the cuts that cost least together.</summary>
/// <remarks>A passage costs the square of the share by which it misses its size, and what its first unit says. Found
/// by dynamic programming over the units, in time linear in them.</remarks>
internal static class PassageCuts
{
    /// <summary>The size that passages aim at: about 165 tokens in English, 200 in French. Chosen on
    /// chunking-evaluation: larger passages show more that does not answer, smaller ones miss more that does.</summary>
    internal const int SizeTargetBytes = 700;

    /// <summary>No passage is longer, about 400 tokens: a longer unit is cut at a space, or at worst a character.
    /// </summary>
    internal const int SizeMaxBytes = 1_600;

    /// <summary>Nor has it more units, so that a text of lines of one letter is cut in time linear in them too.
    /// </summary>
    internal const int UnitCountMax = 64;

    /// <summary>Chooses.</summary>
    /// <param name="units">The units of one section.</param>
    /// <returns>The number after the last unit of each passage, ascending.</returns>
    public static IReadOnlyList<int> Choose(List<TextUnit> units)
    {
        var costs = new double[units.Count + 1];
        var starts = new int[units.Count + 1];
        for (var end = 1; end <= units.Count; end++)
        {
            costs[end] = double.PositiveInfinity;
            for (var start = end - 1; start >= Math.Max(0, end - UnitCountMax); start--)
            {
                var size = units[end - 1].End - units[start].Start;
                if (size > SizeMaxBytes && start < end - 1)
                {
                    break;
                }

                var cost = costs[start] + Miss(size) + (start > 0 ? units[start].Cut : 0);
                if (cost < costs[end])
                {
                    (costs[end], starts[end]) = (cost, start);
                }
            }
        }

        var ends = new List<int>();
        for (var end = units.Count; end > 0; end = starts[end])
        {
            ends.Add(end);
        }

        ends.Reverse();
        return ends;
    }

    private static double Miss(int size)
    {
        var share = (double)(size - SizeTargetBytes) / SizeTargetBytes;
        return share * share;
    }
}
