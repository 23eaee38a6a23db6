using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>Which pairs of symbols become one, and in what order. Immutable once built.</summary>
/// <remarks>A symbol is the id of a token; a code point that a token of several holds but that is no token itself has a
/// number above all ids.</remarks>
internal sealed class MergeTable
{
    private readonly Dictionary<long, Merge> _merges;
    private readonly Dictionary<int, int> _symbols;

    private MergeTable(Dictionary<long, Merge> merges, Dictionary<int, int> symbols) =>
        (_merges, _symbols) = (merges, symbols);

    /// <summary>Takes merges that a vocabulary lists, the first the most urgent.</summary>
    /// <returns>The table; <see langword="null"/> and the merge that is not of the vocabulary.</returns>
    public static (MergeTable? Table, string? Foreign) FromPairs(
        Vocabulary vocabulary,
        IEnumerable<(string Left, string Right)> pairs)
    {
        var merges = new Dictionary<long, Merge>();
        var rank = 0;
        foreach (var (left, right) in pairs)
        {
            if (!vocabulary.TryFind(left, out var leftId) || !vocabulary.TryFind(right, out var rightId)
                || !vocabulary.TryFind(left + right, out var merged))
            {
                return (null, $"{left} {right}");
            }

            merges[Key(leftId, rightId)] = new Merge(rank++, merged);
        }

        return (new MergeTable(merges, []), null);
    }

    /// <summary>Derives merges from scores, as SentencePiece does: two symbols become one if their text is a token, the
    /// one of the highest score first.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="scores">The score of each id.</param>
    /// <param name="isMerged">Whether an id may be made by a merge.</param>
    public static MergeTable FromScores(Vocabulary vocabulary, ReadOnlySpan<float> scores, Predicate<int> isMerged)
    {
        var symbols = new Dictionary<int, int>();
        var spellings = new Dictionary<string, int>(vocabulary.Count, StringComparer.Ordinal);
        for (var id = 0; id < vocabulary.Count; id++)
        {
            if (!isMerged(id))
            {
                continue;
            }

            spellings.TryAdd(vocabulary[id], id);
            foreach (var rune in vocabulary[id].EnumerateRunes())
            {
                if (!vocabulary.TryFind(rune, out _)
                    && spellings.TryAdd(rune.ToString(), vocabulary.Count + symbols.Count))
                {
                    symbols.Add(rune.Value, vocabulary.Count + symbols.Count);
                }
            }
        }

        var ranks = Rank(scores);
        var merges = new Dictionary<long, Merge>();
        var lookup = spellings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var id = 0; id < vocabulary.Count; id++)
        {
            var spelling = vocabulary[id].AsSpan();
            for (var cut = 1; isMerged(id) && cut < spelling.Length; cut++)
            {
                if (lookup.TryGetValue(spelling[..cut], out var left)
                    && lookup.TryGetValue(spelling[cut..], out var right))
                {
                    merges.TryAdd(Key(left, right), new Merge(ranks[id], id));
                }
            }
        }

        return new MergeTable(merges, symbols);
    }

    /// <summary>The symbol of a code point that is no token; <see langword="null"/> if no token holds it.</summary>
    public int? FindSymbol(int rune) => _symbols.TryGetValue(rune, out var symbol) ? symbol : null;

    /// <summary>Finds what a pair becomes.</summary>
    public bool TryFind(int left, int right, out Merge merge) => _merges.TryGetValue(Key(left, right), out merge);

    // Equal scores have an equal rank, so that of two such merges the one further left comes first.
    private static int[] Rank(ReadOnlySpan<float> scores)
    {
        var distinct = new SortedSet<float>(scores.ToArray());
        var ranks = distinct.Reverse().Select((score, rank) => (score, rank))
            .ToDictionary(pair => pair.score, pair => pair.rank);
        var result = new int[scores.Length];
        for (var id = 0; id < result.Length; id++)
        {
            result[id] = ranks[scores[id]];
        }

        return result;
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    /// <summary>A merge.</summary>
    /// <param name="Rank">Its place in the order; the lowest comes first.</param>
    /// <param name="Symbol">What the two become.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Merge(int Rank, int Symbol);
}
