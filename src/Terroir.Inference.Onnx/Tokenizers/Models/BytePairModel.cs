using System.Runtime.InteropServices;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>Byte-pair encoding: of all neighbours the pair whose merge is the most urgent becomes one, the one further
/// left first, until no pair does.</summary>
/// <remarks>Sennrich et al., <i>Neural Machine Translation of Rare Words with Subword Units</i>, 2016. With a heap of
/// the pairs, a piece of n code points takes O(n log n).</remarks>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="merges">The merges.</param>
/// <param name="unknown">What becomes of a code point that is no token.</param>
/// <param name="isWholeFirst">Whether a piece that is a token is one, whatever the merges say.</param>
internal sealed class BytePairModel(
    Vocabulary vocabulary,
    MergeTable merges,
    UnknownText unknown,
    bool isWholeFirst) : ITokenModel
{
    private const int None = -1;

    public void Encode(ReadOnlySpan<AlignedRune> piece, List<Token> tokens)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        if (isWholeFirst && vocabulary.TryFind(AlignedText.Text(piece), out var whole))
        {
            tokens.Add(new Token(whole, piece[0].Start, piece[^1].End));
            return;
        }

        var symbols = Merge(piece);
        var isUnknown = false;
        for (var index = 0; index != None; index = symbols[index].Next)
        {
            var symbol = symbols[index];
            if (symbol.Id >= 0 && symbol.Id < vocabulary.Count)
            {
                tokens.Add(new Token(symbol.Id, piece[index].Start, piece[index + symbol.Length - 1].End));
                isUnknown = false;
            }
            else
            {
                isUnknown = unknown.Add(piece[index], tokens, isUnknown);
            }
        }
    }

    private Symbol[] Merge(ReadOnlySpan<AlignedRune> piece)
    {
        var symbols = new Symbol[piece.Length];
        for (var index = 0; index < symbols.Length; index++)
        {
            symbols[index] = new Symbol(
                Find(piece[index].Value),
                Length: 1,
                index - 1,
                index + 1 < symbols.Length ? index + 1 : None);
        }

        var queue = new PriorityQueue<Candidate, (int Rank, int Index)>();
        for (var index = 0; index + 1 < symbols.Length; index++)
        {
            Propose(symbols, index, queue);
        }

        while (queue.TryDequeue(out var candidate, out var order))
        {
            var left = symbols[order.Index];
            if (left.Id != candidate.Left || left.Length == 0 || left.Next == None
                || symbols[left.Next].Id != candidate.Right)
            {
                continue;
            }

            Join(symbols, order.Index, candidate.Merged);
            Propose(symbols, order.Index, queue);
            if (symbols[order.Index].Previous != None)
            {
                Propose(symbols, symbols[order.Index].Previous, queue);
            }
        }

        return symbols;
    }

    private static void Join(Symbol[] symbols, int index, int merged)
    {
        var left = symbols[index];
        var right = symbols[left.Next];
        symbols[left.Next] = right with { Length = 0 };
        symbols[index] = left with { Id = merged, Length = left.Length + right.Length, Next = right.Next };
        if (right.Next != None)
        {
            symbols[right.Next] = symbols[right.Next] with { Previous = index };
        }
    }

    private void Propose(Symbol[] symbols, int index, PriorityQueue<Candidate, (int Rank, int Index)> queue)
    {
        var left = symbols[index];
        if (left.Next != None && merges.TryFind(left.Id, symbols[left.Next].Id, out var merge))
        {
            queue.Enqueue(new Candidate(left.Id, symbols[left.Next].Id, merge.Symbol), (merge.Rank, index));
        }
    }

    private int Find(Rune rune) =>
        vocabulary.TryFind(rune, out var id) ? id : merges.FindSymbol(rune.Value) ?? None;

    /// <summary>A part of the piece; a length of 0 is one that was joined to another.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Symbol(int Id, int Length, int Previous, int Next);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(int Left, int Right, int Merged);
}
