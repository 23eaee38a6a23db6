using System.Numerics;

namespace Terroir.Extraction;

/// <summary>Lengths of longest common parts of two sequences.</summary>
internal static class CommonSubsequence
{
    /// <summary>The longest common subsequence of two texts, by rows of bits (Hyyrö 2004).</summary>
    public static int Length(string first, string second)
    {
        var words = (first.Length + 63) / 64;
        var marks = new Dictionary<char, ulong[]>();
        for (var index = 0; index < first.Length; index++)
        {
            if (!marks.TryGetValue(first[index], out var mark))
            {
                marks[first[index]] = mark = new ulong[words];
            }

            mark[index / 64] |= 1UL << (index % 64);
        }

        var row = new ulong[words];
        Array.Fill(row, ulong.MaxValue);
        foreach (var letter in second)
        {
            if (marks.TryGetValue(letter, out var mark))
            {
                Step(row, mark);
            }
        }

        var zeros = row.Sum(bits => 64 - BitOperations.PopCount(bits));
        return zeros;
    }

    /// <summary>What Python's <c>difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()</c> gives.</summary>
    public static double MatcherRatio(string[] first, string[] second)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var index = 0; index < second.Length; index++)
        {
            if (!places.TryGetValue(second[index], out var list))
            {
                places[second[index]] = list = [];
            }

            list.Add(index);
        }

        var total = 0;
        var ranges = new Stack<(int FirstLow, int FirstHigh, int SecondLow, int SecondHigh)>();
        ranges.Push((0, first.Length, 0, second.Length));
        while (ranges.TryPop(out var range))
        {
            var (i, j, size) = LongestMatch(first, places, range);
            if (size == 0)
            {
                continue;
            }

            total += size;
            ranges.Push((range.FirstLow, i, range.SecondLow, j));
            ranges.Push((i + size, range.FirstHigh, j + size, range.SecondHigh));
        }

        return first.Length + second.Length == 0 ? 1 : 2.0 * total / (first.Length + second.Length);
    }

    private static (int First, int Second, int Size) LongestMatch(
        string[] first,
        Dictionary<string, List<int>> places,
        (int FirstLow, int FirstHigh, int SecondLow, int SecondHigh) range)
    {
        var best = (First: range.FirstLow, Second: range.SecondLow, Size: 0);
        var lengths = new Dictionary<int, int>();
        for (var i = range.FirstLow; i < range.FirstHigh; i++)
        {
            var next = new Dictionary<int, int>();
            foreach (var j in places.GetValueOrDefault(first[i]) ?? [])
            {
                if (j < range.SecondLow || j >= range.SecondHigh)
                {
                    continue;
                }

                var length = next[j] = lengths.GetValueOrDefault(j - 1) + 1;
                if (length > best.Size)
                {
                    best = (i - length + 1, j - length + 1, length);
                }
            }

            lengths = next;
        }

        return best;
    }

    private static void Step(ulong[] row, ulong[] mark)
    {
        var carry = 0UL;
        for (var index = 0; index < row.Length; index++)
        {
            var bits = row[index];
            var common = bits & mark[index];
            var sum = bits + common;
            var overflow = sum < bits ? 1UL : 0;
            sum += carry;
            overflow |= sum < carry ? 1UL : 0;
            row[index] = sum | (bits - common);
            carry = overflow;
        }
    }
}
