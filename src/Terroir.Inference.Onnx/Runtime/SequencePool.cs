namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Which sequences of a model are free, and what the free ones still hold.</summary>
internal sealed class SequencePool
{
    private readonly Held[] _held;
    private long _clock;

    public SequencePool(int count) =>
        _held = [.. Enumerable.Range(0, count).Select(_ => new Held())];

    /// <summary>Whether a sequence is free.</summary>
    public bool HasFree => Array.Exists(_held, held => held.IsFree);

    /// <summary>Takes the free sequence that holds the longest begin of a prompt under the same key; otherwise the one
    /// that has been free for longest.</summary>
    /// <returns>The sequence, and how many tokens of the prompt it holds. The last token of a prompt is always read
    /// again: its logits are not held.</returns>
    public (int Index, int Shared) Take(ReadOnlySpan<int> prompt, PrefixKey? key)
    {
        var (best, shared) = (-1, 0);
        for (var index = 0; index < _held.Length; index++)
        {
            var held = _held[index];
            if (!held.IsFree)
            {
                continue;
            }

            var common = key is not null && key.Equals(held.Key)
                ? prompt[..^1].CommonPrefixLength(held.Tokens)
                : 0;
            if (best < 0 || common > shared || (common == shared && held.FreeSince < _held[best].FreeSince))
            {
                (best, shared) = (index, common);
            }
        }

        _held[best] = new Held { IsFree = false };
        return (best, shared);
    }

    /// <summary>Gives a sequence back.</summary>
    /// <param name="index">The sequence.</param>
    /// <param name="key">Who may share what it holds; none for nobody.</param>
    /// <param name="tokens">What it holds.</param>
    public void Return(int index, PrefixKey? key, int[] tokens) =>
        _held[index] = new Held { Key = key, Tokens = key is null ? [] : tokens, FreeSince = ++_clock };

    private sealed record Held
    {
        public bool IsFree { get; init; } = true;

        public PrefixKey? Key { get; init; }

        public int[] Tokens { get; init; } = [];

        public long FreeSince { get; init; }
    }
}
