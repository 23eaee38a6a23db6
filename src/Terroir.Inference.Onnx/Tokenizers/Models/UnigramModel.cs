using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>The unigram language model: of all ways to cut a piece, the one of the highest sum of scores.</summary>
/// <remarks>
/// Kudo, <i>Subword Regularization</i>, 2018; the search is Viterbi's, as in <c>EncodeOptimized</c> of
/// google/sentencepiece. Of equal sums the one with the longer last token wins, as there. A piece of n code points
/// takes O(n L), where L is the length of the longest token.
/// </remarks>
internal sealed class UnigramModel : ITokenModel
{
    /// <summary>What a code point that is no token costs more than the least likely token.</summary>
    private const double UnknownPenalty = 10;

    private const int None = -1;

    private readonly Vocabulary _vocabulary;
    private readonly double[] _scores;
    private readonly UnknownText _unknown;
    private readonly RuneTrie _trie = new();
    private readonly double _unknownScore;

    /// <summary>Makes the model.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="scores">The logarithm of the probability of each id.</param>
    /// <param name="unknown">What becomes of a code point that is no token.</param>
    /// <param name="isCut">Whether text is cut into an id: not into control tokens.</param>
    public UnigramModel(Vocabulary vocabulary, double[] scores, UnknownText unknown, Predicate<int> isCut)
    {
        _vocabulary = vocabulary;
        _scores = scores;
        _unknown = unknown;
        var lowest = 0.0;
        for (var id = 0; id < vocabulary.Count; id++)
        {
            if (isCut(id))
            {
                _trie.Add(vocabulary[id], id);
                lowest = Math.Min(lowest, scores[id]);
            }
        }

        _unknownScore = lowest - UnknownPenalty;
    }

    public void Encode(ReadOnlySpan<AlignedRune> piece, List<Token> tokens)
    {
        var best = Search(piece);
        var cuts = new Stack<(int Start, int End, int Id)>();
        for (var end = piece.Length; end > 0; end = best[end].Start)
        {
            cuts.Push((best[end].Start, end, best[end].Id));
        }

        var isUnknown = false;
        foreach (var (start, end, id) in cuts)
        {
            if (id == None)
            {
                isUnknown = _unknown.Add(piece[start], tokens, isUnknown);
            }
            else
            {
                tokens.Add(new Token(id, piece[start].Start, piece[end - 1].End));
                isUnknown = false;
            }
        }
    }

    private Arrival[] Search(ReadOnlySpan<AlignedRune> piece)
    {
        var best = new Arrival[piece.Length + 1];
        for (var start = 0; start < piece.Length; start++)
        {
            var sum = best[start].Sum;
            var hasSingle = false;
            var node = RuneTrie.Root;
            for (var end = start; end < piece.Length && _trie.TryStep(ref node, piece[end].Value); end++)
            {
                if (_trie.FindValue(node) is not { } id)
                {
                    continue;
                }

                hasSingle |= end == start;
                Arrive(best, end + 1, new Arrival(sum + _scores[id], start, id));
            }

            if (!hasSingle)
            {
                Arrive(best, start + 1, new Arrival(sum + _unknownScore, start, None));
            }
        }

        return best;
    }

    private static void Arrive(Arrival[] best, int end, Arrival arrival)
    {
        if (!best[end].IsReached || arrival.Sum > best[end].Sum)
        {
            best[end] = arrival with { IsReached = true };
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Arrival(double Sum, int Start, int Id, bool IsReached = false);
}
