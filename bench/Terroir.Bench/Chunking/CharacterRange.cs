using System.Runtime.InteropServices;

namespace Terroir.Bench.Chunking;

/// <summary>A range of characters of one text.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">The character after the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CharacterRange(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>How many characters ranges of one text cover.</summary>
internal static class CharacterRanges
{
    /// <summary>The characters in at least one of the ranges.</summary>
    public static int Union(IEnumerable<CharacterRange> ranges)
    {
        var (sum, end) = (0, int.MinValue);
        foreach (var range in ranges.OrderBy(range => range.Start).ThenBy(range => range.End))
        {
            var start = Math.Max(range.Start, end);
            sum += Math.Max(0, range.End - start);
            end = Math.Max(end, range.End);
        }

        return sum;
    }

    /// <summary>The parts of some ranges that lie in others.</summary>
    public static IEnumerable<CharacterRange> Intersect(
        IReadOnlyList<CharacterRange> ranges,
        IReadOnlyList<CharacterRange> others) =>
        from range in ranges
        from other in others
        let start = Math.Max(range.Start, other.Start)
        let end = Math.Min(range.End, other.End)
        where start < end
        select new CharacterRange(start, end);
}
